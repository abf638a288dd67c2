import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { staticChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { describeDurations } from './describe-durations.mjs';
import { durations, runCheck, runSuite } from './run-check.mjs';
import { makeScratchFolder } from './scratch-folder.mjs';
import { setUp } from './set-up.mjs';
import { forgetReport, testSuites } from './test-suites.mjs';

/** `npm test`: sets up what is missing, runs every check even after one has failed, and counts. */

const startedAt = Date.now();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { toolchain, chromium } = await setUp(root, {
  logFile: join(root, '.toolchain', 'test.log'),
  async also(progress, toolchain) {
    await ensureBuild(root, progress, toolchain);
    return { toolchain, chromium: await ensureChromium(root, progress, toolchain) };
  },
});
durations.push({ name: 'Set-up', seconds: (Date.now() - startedAt) / 1000 });
const resultsFolder = join(root, '.toolchain', 'test-results');
mkdirSync(resultsFolder, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
/** @param {import('./run-check.mjs').Counts} counts */
const add = (counts) => {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
};

for (const check of staticChecks(root, toolchain)) {
  add(await runCheck(check, { cwd: root, env: toolchain.env }));
}
const scratch = makeScratchFolder();
for (const suite of testSuites(root, { chromium, resultsFolder })) {
  forgetReport(suite);
  add(await runSuite(suite, { cwd: root, env: { ...toolchain.env, TMPDIR: scratch.path, ...suite.env } }));
}
scratch.remove();

console.log(`\n${describeDurations(durations).join('\n')}`);
if (total.skipped > 0) {
  console.log(
    `\n${total.skipped} skipped: they need a database server (TEST_DATABASE_URL) or documents that are not here.`,
  );
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
