import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createDeadline } from './deadline.ts';

test('work whose time does not count leaves the rest of the time as it was', async () => {
  let isOver = false;
  const deadline = createDeadline(300, () => (isOver = true));
  await deadline.without(() => delay(600));
  expect(isOver).toBe(false);
  await delay(700);
  expect(isOver).toBe(true);
});

test('nothing is called once it is cancelled, also in the middle of such work', async () => {
  let isOver = false;
  const deadline = createDeadline(50, () => (isOver = true));
  const working = deadline.without(() => delay(20));
  deadline.cancel();
  await working;
  await delay(150);
  expect(isOver).toBe(false);
});
