import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticChecks } from './checks.mjs';
import { runCheck } from './run-check.mjs';
import { setUp } from './set-up.mjs';

/** `npm run lint`: the checks that read the code and run none of it. */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const toolchain = await setUp(root, { logFile: join(root, '.toolchain', 'lint.log'), also: async (_, found) => found });

let failed = 0;
for (const check of staticChecks(root, toolchain)) {
  failed += (await runCheck(check, { cwd: root, env: toolchain.env })).failed;
}
process.exitCode = failed === 0 ? 0 : 1;
