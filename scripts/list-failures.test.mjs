import { expect, test } from 'vitest';
import { listPlaywrightFailures, listVitestFailures } from './list-failures.mjs';

test('failed tests are named with their file and the first line of their reason', () => {
  const passed = { fullName: 'two is two', status: 'passed', failureMessages: [] };
  const failed = {
    fullName: 'one is two',
    status: 'failed',
    failureMessages: ['\u001B[31mAssertionError\u001B[39m: expected 1 to be 2\n    at one.test.ts:3'],
  };
  const testResults = [
    { name: '/project/packages/a/one.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    { name: '/project/packages/a/two.test.ts', status: 'passed', message: '', assertionResults: [passed] },
  ];
  expect(listVitestFailures('/project', { testResults })).toEqual([
    'packages/a/one.test.ts › one is two: AssertionError: expected 1 to be 2',
  ]);
});

test('a file that cannot be loaded is named', () => {
  const broken = { name: '/project/a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
  expect(listVitestFailures('/project', { testResults: [broken] })).toEqual(['a.test.ts: no such module']);
});

test('failed journeys are named at any depth, those that passed at a second try among them', () => {
  /** @param {string} title @param {string} status @param {string} [message] */
  const spec = (title, status, message) => {
    const results = [message === undefined ? {} : { error: { message } }];
    return { file: 'chat.spec.ts', title, tests: [{ status, results }] };
  };
  const suites = [
    {
      specs: [spec('asks', 'expected'), spec('reloads', 'flaky', 'Timed out\nwaiting')],
      suites: [{ specs: [spec('stops', 'unexpected', 'Not found')] }],
    },
  ];
  expect(listPlaywrightFailures({ suites })).toEqual([
    'chat.spec.ts › reloads: Timed out',
    'chat.spec.ts › stops: Not found',
  ]);
});
