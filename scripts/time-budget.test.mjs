import { expect, test } from 'vitest';
import { judgeDuration } from './time-budget.mjs';

const minutes = (/** @type {number} */ count) => count * 60;

test.each([
  { took: 15, onServer: false, isCi: true },
  { took: 40, onServer: true, isCi: true },
  { took: 14, onServer: false, isCi: false },
  { took: 59, onServer: true, isCi: true, slowness: 1.5 },
])('a run within its time has nothing to tell: %o', ({ took, slowness = 1, ...run }) => {
  expect(judgeDuration(minutes(took), { ...run, slowness })).toEqual({ failed: 0, message: undefined });
});

test.each([
  { took: 15.1, onServer: false, may: 15 },
  { took: 41, onServer: true, may: 40 },
  { took: 41, onServer: true, may: 40, slowness: 0.5 },
])('an overrun in CI is one failure, in words: %o', ({ took, onServer, may, slowness = 1 }) => {
  const { failed, message } = judgeDuration(minutes(took), { onServer, isCi: true, slowness });
  expect(failed).toBe(1);
  expect(message).toContain(`It took ${took.toFixed(1)} minutes, set-up included. On two cores it may take ${may}.`);
});

test('a slow machine has longer, not for ever', () => {
  const { failed, message } = judgeDuration(minutes(61), { onServer: true, isCi: true, slowness: 1.5 });
  expect(failed).toBe(1);
  expect(message).toContain('On two cores that take 1.50 times as long as those it is made for it may take 60.');
});

test('elsewhere the machine may be slow: it is told, and fails nothing', () => {
  const { failed, message } = judgeDuration(minutes(20), { onServer: false, isCi: false, slowness: 1 });
  expect(failed).toBe(0);
  expect(message).toContain('It took 20.0 minutes');
});
