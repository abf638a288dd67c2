import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { setUp } from './set-up.mjs';

/** `npm run screenshots`: takes the README's pictures from the running app. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { toolchain, chromium } = await setUp(root, {
  logFile: join(root, '.toolchain', 'screenshots.log'),
  async also(progress, toolchain) {
    await ensureBuild(root, progress, toolchain);
    return { toolchain, chromium: await ensureChromium(root, progress, toolchain) };
  },
});
const env = { ...toolchain.env, CHROMIUM_PATH: chromium };
const { status } = spawnSync(toolchain.node, [join('e2e', 'screenshots.ts')], { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
