import { expect, test } from 'vitest';
import { growsTooFast, isSlow } from './slow-work.ts';

/** Keeps the processor busy. */
function work(ms: number): void {
  const before = process.cpuUsage();
  let used = before;
  do used = process.cpuUsage(before);
  while ((used.user + used.system) / 1000 < ms);
}

test('what takes longer each time is slow; what is held up once is not', async () => {
  let calls = 0;
  const heldUpOnce = () => {
    calls += 1;
    if (calls === 1) work(100);
  };
  expect(await isSlow(heldUpOnce, 80)).toBe(false);
  expect(await isSlow(() => work(100), 80)).toBe(true);
});

test('what grows as fast as what it works on, or is done in no time, is not slow; what grows with its square is', async () => {
  const sizes = { small: 10, large: 100, timesMax: 3 };
  expect(await growsTooFast((size) => work(size), { ...sizes, small: 50 })).toBe(false);
  expect(await growsTooFast((size) => work(size), { ...sizes, timesMax: 6 })).toBe(false);
  expect(await growsTooFast((size) => work(size ** 2 / 100), sizes)).toBe(true);
});
