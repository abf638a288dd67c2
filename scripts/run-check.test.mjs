import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { runSuite } from './run-check.mjs';

const options = { cwd: tmpdir(), env: process.env };

/** @param {Partial<import('./run-check.mjs').Suite>} changes */
function suiteOf(changes) {
  return {
    name: 'Suite',
    doing: 'nothing',
    command: process.execPath,
    args: ['-e', ''],
    minutesMax: 1,
    count: () => ({ passed: 2, failed: 0, skipped: 1, failures: [] }),
    ...changes,
  };
}

/** What it counts, and what it says. @param {Partial<import('./run-check.mjs').Suite>} changes */
async function run(changes) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const counts = await runSuite(suiteOf(changes), options);
  const said = log.mock.calls.flat().join('\n');
  log.mockRestore();
  return { counts, said };
}

test('a suite counts what its report says', async () => {
  const { counts, said } = await run({});
  expect(counts).toEqual({ passed: 2, failed: 0, skipped: 1, failures: [] });
  expect(said).toContain('✔ Suite: 2 passed, 0 failed, 1 skipped');
});

test.each([
  { what: 'that cannot run here', changes: { impossible: 'There is no browser.' }, says: 'There is no browser.' },
  { what: 'without a report', changes: { count: () => undefined }, says: '0 passed, 0 failed' },
  { what: 'that breaks', changes: { args: ['-e', 'process.exit(3)'] }, says: 'the run itself ended with 3' },
  { what: 'whose program is missing', changes: { command: '/nowhere/vitest' }, says: 'ENOENT' },
  {
    what: 'that outlasts its time',
    changes: { args: ['-e', 'setInterval(() => {}, 1000)'], minutesMax: 0.005 },
    says: 'was ended by SIGTERM',
  },
])('a suite $what is one failure', async ({ changes, says }) => {
  const { counts, said } = await run(changes);
  expect(counts.failed).toBe(1);
  expect(counts.failures).toHaveLength(1);
  expect(said).toContain('✘ Suite');
  expect(said).toContain(says);
});

test('a suite with failed tests counts them alone, whatever it ends with', async () => {
  const count = () => ({ passed: 1, failed: 2, skipped: 0, failures: ['a.test.ts › one', 'a.test.ts › two'] });
  const { counts } = await run({ args: ['-e', 'process.exit(1)'], count });
  expect(counts.failed).toBe(2);
  expect(counts.failures).toEqual(['Suite: a.test.ts › one', 'Suite: a.test.ts › two']);
});
