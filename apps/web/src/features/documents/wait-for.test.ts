import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

const long = 60_000;

test('what is stopped already is not waited for, and what is stopped meanwhile no longer', async () => {
  const stop = new AbortController();
  const wait = waitFor(long, stop.signal);
  stop.abort();
  await expect(wait).resolves.toBeUndefined();
  await expect(waitFor(long, stop.signal)).resolves.toBeUndefined();
});

test('many waits leave nothing behind at the signal they share', async () => {
  const { signal } = new AbortController();
  for (let wait = 0; wait < 3; wait++) await waitFor(1, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
