import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listPlaywrightFailures, listVitestFailures } from './list-failures.mjs';
import { listTestsWithDatabase } from './tests-with-database.mjs';

/** More than any suite takes: one that has hung is ended, and the others still run. */
const minutesMax = 20;

/**
 * The suites that run the code: unit and integration tests on the embedded database, the same on a server when one is
 * given, and the browser journeys in the same way.
 *
 * @param {string} root
 * @param {{ chromium: { path: string } | { missing: string }, resultsFolder: string }} options a browser's path, or why there is none
 */
export function testSuites(root, { chromium, resultsFolder }) {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  const suites = [
    vitestSuite(root, resultsFolder, { name: 'Tests', doing: 'every package, on the embedded database' }),
  ];
  if (serverUrl) {
    const doing = 'all that use a database, on the Postgres server in TEST_DATABASE_URL';
    const only = listTestsWithDatabase(root);
    suites.push(vitestSuite(root, resultsFolder, { name: 'Tests on a server', doing, serverUrl, only }));
  }
  suites.push(browserSuite(root, resultsFolder, { name: 'Browser', doing: 'the journeys', chromium }));
  if (serverUrl) {
    const doing = 'the journeys that lean on the database, on the Postgres server in TEST_DATABASE_URL';
    // What is about the page alone (width, keyboard, colours, what a form says) is the same on either home.
    const storing = ['journey', 'two-tabs', 'owner', 'real-documents', 'folder', 'embedding-model'];
    const only = [...storing, 'admin', 'faults', 'restart'];
    suites.push(browserSuite(root, resultsFolder, { name: 'Browser on a server', doing, chromium, serverUrl, only }));
  }
  return suites;
}

/**
 * @param {string} root
 * @param {string} resultsFolder
 * @param {{ name: string, doing: string, serverUrl?: string, only?: string[] }} options
 */
function vitestSuite(root, resultsFolder, { name, doing, serverUrl, only = [] }) {
  const report = join(resultsFolder, serverUrl ? 'vitest-server.json' : 'vitest.json');
  return {
    name,
    doing,
    command: join(root, 'node_modules', '.bin', 'vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only],
    env: { TEST_DATABASE_URL: serverUrl },
    minutesMax,
    report,
    count() {
      const found = readReport(report);
      if (!found) return undefined;
      return {
        passed: found.numPassedTests,
        failed: found.numFailedTests,
        skipped: found.numPendingTests + found.numTodoTests,
        failures: listVitestFailures(root, found),
      };
    },
  };
}

/**
 * @param {string} root
 * @param {string} resultsFolder
 * @param {{ name: string, doing: string, chromium: { path: string } | { missing: string }, serverUrl?: string, only?: string[] }} options
 */
function browserSuite(root, resultsFolder, { name, doing, chromium, serverUrl, only = [] }) {
  const report = join(resultsFolder, serverUrl ? 'playwright-server.json' : 'playwright.json');
  const path = 'path' in chromium ? chromium.path : undefined;
  return {
    name,
    doing: `${doing} (Playwright, axe${path === undefined ? '' : `, ${path}`})`,
    ...('missing' in chromium && { impossible: chromium.missing }),
    command: join(root, 'e2e', 'node_modules', '.bin', 'playwright'),
    args: ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', ...only],
    env: { CHROMIUM_PATH: path, PLAYWRIGHT_JSON_OUTPUT_FILE: report, TEST_DATABASE_URL: serverUrl },
    minutesMax,
    report,
    count() {
      const found = readReport(report);
      if (!found?.stats) return undefined;
      const { expected, unexpected, flaky, skipped } = found.stats;
      return { passed: expected, failed: unexpected + flaky, skipped, failures: listPlaywrightFailures(found) };
    },
  };
}

/** Removes a report of an earlier run: it must never be counted as this one's. @param {{ report: string }} suite */
export function forgetReport({ report }) {
  rmSync(report, { force: true });
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
