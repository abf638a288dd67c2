import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSharedWork } from './shared-work.ts';

const { signal } = new AbortController();

test('no more results are kept than may be, while the first that was asked for is still waited for', async () => {
  const shared = createSharedWork<string>({ keptMs: 60_000, keptMax: 3 });
  const slow = Promise.withResolvers<string>();
  const first = shared.get('slow', () => slow.promise, signal);
  const keys = Array.from({ length: 10 }, (_, index) => `page ${index}`);
  for (const key of keys) await shared.get(key, () => Promise.resolve(key), signal);
  slow.resolve('slow');
  expect(await first).toBe('slow');
  await nextTurn();
  const again: string[] = [];
  const ask = (key: string) =>
    shared.get(key, () => Promise.reject(new Error('is to be done again')), signal).catch(() => again.push(key));
  await Promise.all(keys.map(ask));
  expect(again).toEqual(keys.slice(0, 8));
});

test('results that come at once leave no more behind than those that come one by one', async () => {
  const shared = createSharedWork<number>({ keptMs: 60_000, keptMax: 3 });
  const all = Array.from({ length: 10 }, (_, index) => index);
  await Promise.all(all.map((index) => shared.get(`${index}`, () => Promise.resolve(index), signal)));
  await shared.get('last', () => Promise.resolve(10), signal);
  let kept = 0;
  const done = () => Promise.reject(new Error('is to be done again'));
  for (const index of all) {
    await shared.get(`${index}`, done, signal).then(
      () => (kept += 1),
      () => undefined,
    );
  }
  expect(kept).toBe(2);
});
