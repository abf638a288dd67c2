import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findToolchain } from './toolchain.mjs';

/** `npm run --silent path`: the folders of the Node and the pnpm that the app runs with, for `PATH`. */

const toolchain = findToolchain(join(dirname(dirname(fileURLToPath(import.meta.url))), '.toolchain'));
if (toolchain === undefined) {
  console.error('There is no toolchain yet. Run `npm start` or `npm test` first.');
  process.exitCode = 1;
} else {
  console.log([dirname(toolchain.node), dirname(toolchain.pnpm)].join(delimiter));
}
