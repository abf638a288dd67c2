import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { staticChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { describeDurations } from './describe-durations.mjs';
import { measureSlowness } from './machine-speed.mjs';
import { durations, runCheck, runSuite } from './run-check.mjs';
import { makeScratchFolder } from './scratch-folder.mjs';
import { setUp } from './set-up.mjs';
import { describeSetupFailure } from './setup-failure.mjs';
import { forgetReport, testSuites } from './test-suites.mjs';
import { judgeDuration } from './time-budget.mjs';

/** `npm test`: sets up what is missing, runs every check even after one has failed, and counts. */

// CI has begun before: it has installed what the tests need.
const startedAt = Number(process.env['CI_STARTED_AT'] ?? 0) * 1000 || Date.now();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const logFile = join(root, '.toolchain', 'test.log');
const { toolchain, chromium } = await setUp(root, {
  logFile,
  lastLine: '0 passed, 1 failed',
  async also(progress, toolchain) {
    await ensureBuild(root, progress, toolchain);
    return { toolchain, chromium: await findChromium(progress, toolchain) };
  },
});
const slowness = [await measureSlowness()];
durations.push({ name: 'Set-up', seconds: (Date.now() - startedAt) / 1000 });
const resultsFolder = join(root, '.toolchain', 'test-results');
mkdirSync(resultsFolder, { recursive: true });

/** @type {import('./run-check.mjs').Counts} */
const total = { passed: 0, failed: 0, skipped: 0, failures: [] };
/** @param {import('./run-check.mjs').Counts} counts */
const add = (counts) => {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  total.failures.push(...counts.failures);
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
const tookSeconds = (Date.now() - startedAt) / 1000;
slowness.push(await measureSlowness());
const time = judgeDuration(tookSeconds, {
  onServer: Boolean(process.env['TEST_DATABASE_URL']),
  isCi: process.env['CI'] === 'true',
  // What the run itself has left busy makes no machine slow.
  slowness: Math.min(...slowness),
});
total.failed += time.failed;
if (time.message !== undefined) console.log(`\n${time.message}`);
if (total.skipped > 0) {
  console.log(
    `\n${total.skipped} skipped: they need a database server (TEST_DATABASE_URL) or documents that are not here.`,
  );
}
if (total.failures.length > 0)
  console.log(`\nWhat failed:\n${total.failures.map((failure) => `  ${failure}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * Without a browser everything else is still checked.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./toolchain.mjs').Toolchain} toolchain
 * @returns {Promise<{ path: string } | { missing: string }>}
 */
async function findChromium(progress, toolchain) {
  try {
    return { path: await ensureChromium(root, progress, toolchain) };
  } catch (error) {
    const missing = describeSetupFailure(error, logFile);
    console.error(`\n${missing}`);
    return { missing };
  }
}
