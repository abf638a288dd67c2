import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * The tests that failed, each with the first line of its reason, so that the end of a long log names them.
 *
 * @param {string} root
 * @param {VitestReport} report
 * @returns {string[]}
 */
export function listVitestFailures(root, report) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot be loaded has no tests of its own.
    if (tests.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
    return tests.map((test) => `${file} › ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  });
}

/**
 * @param {PlaywrightReport} report
 * @returns {string[]}
 */
export function listPlaywrightFailures(report) {
  const specs = report.suites.flatMap(specsOf);
  return specs.flatMap(({ file, title, tests }) => {
    const failed = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky');
    return failed.map(({ results }) => {
      const reason = results.find(({ error }) => error)?.error?.message;
      return `${file} › ${title}: ${firstLine(reason)}`;
    });
  });
}

/** @param {PlaywrightSuite} suite @returns {PlaywrightSpec[]} */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** @param {string | undefined} text */
function firstLine(text = 'no reason given') {
  return stripVTControlCharacters(text).trim().split('\n')[0] ?? '';
}

/**
 * What is read of the runners' reports.
 *
 * @typedef {{ testResults: { name: string, status: string, message: string, assertionResults: VitestTest[] }[] }} VitestReport
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} VitestTest
 * @typedef {{ suites: PlaywrightSuite[] }} PlaywrightReport
 * @typedef {{ specs: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ file: string, title: string, tests: { status: string, results: { error?: { message?: string } }[] }[] }} PlaywrightSpec
 */
