import { spawn } from 'node:child_process';
import { CommandError, runCommand } from './command.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts `failures` names each with its reason */

/** How long each part took, in the order they ran. @type {{ name: string, seconds: number }[]} */
export const durations = [];

/**
 * Runs one check and says when it starts and what it found when it ends; its output is shown only when it fails.
 *
 * @param {import('./checks.mjs').Check} check
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Counts>} the check counts as one
 */
export async function runCheck(check, options) {
  const done = announce(check.name, check.doing);
  /** @type {string[]} */
  const lines = [];
  try {
    await runCommand(check.command, check.args, { ...options, onLine: (line) => lines.push(line) });
    done(true, check.find(lines.join('\n')));
    return { passed: 1, failed: 0, skipped: 0, failures: [] };
  } catch (error) {
    console.log(lines.join('\n'));
    const reason = error instanceof CommandError ? error.message : String(error);
    done(false, reason);
    return { passed: 0, failed: 1, skipped: 0, failures: [`${check.name}: ${reason}`] };
  }
}

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} doing
 * @property {string} [impossible] why it cannot be run here
 * @property {string} command
 * @property {string[]} args
 * @property {number} minutesMax
 * @property {() => Counts | undefined} count reads the suite's own report after the run; undefined when there is none
 */

/**
 * Runs a test suite with its output shown as it goes, ended when it outlasts its time.
 *
 * @param {Suite} suite
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Counts>} a suite that fails without a failed test (it could not run, broke, or ran too long) counts as
 *   one failure
 */
export async function runSuite(suite, options) {
  const done = announce(suite.name, suite.doing);
  if (suite.impossible !== undefined) {
    const reason = `not run. ${suite.impossible}`;
    done(false, reason);
    return { passed: 0, failed: 1, skipped: 0, failures: [`${suite.name}: ${reason}`] };
  }
  const ending = await new Promise((resolve) => {
    const child = spawn(suite.command, suite.args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, suite.minutesMax * 60_000);
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(signal ? `was ended by ${signal} (it may take ${suite.minutesMax} minutes)` : code);
    });
  });
  const counts = suite.count() ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
  // Without a report, or with nothing in it, nothing has been shown.
  const broke = (ending !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  const found = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
  const ended = `the run itself ended with ${ending}`;
  done(ending === 0 && !broke, broke ? `${found}; ${ended}` : found);
  const failures = [...counts.failures, ...(broke ? [ended] : [])].map((failure) => `${suite.name}: ${failure}`);
  return { ...counts, failed: broke ? 1 : counts.failed, failures };
}

/** @param {string} name @param {string} doing */
function announce(name, doing) {
  const startedAt = Date.now();
  console.log(`\n▶ ${name}: ${doing}`);
  return (/** @type {boolean} */ ok, /** @type {string} */ found) => {
    const seconds = (Date.now() - startedAt) / 1000;
    durations.push({ name, seconds });
    console.log(`${ok ? '✔' : '✘'} ${name}: ${found ? `${found} ` : ''}(${seconds.toFixed(1)} s)`);
  };
}
