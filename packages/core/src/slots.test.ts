import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

/** Searches that end when told to, in slots for two. */
function startSearches(count: number) {
  const slots = createSlots(2);
  const started: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<string>());
  const start = (index: number, signal?: AbortSignal) =>
    slots.run(() => {
      started.push(index);
      return ends[index]!.promise;
    }, signal);
  return { slots, started, ends, start };
}

test('no more run at once than there are slots, and the others follow in their order', async () => {
  const { slots, started, ends, start } = startSearches(5);
  const results = ends.map((_end, index) => start(index));
  await settle();
  expect(started).toEqual([0, 1]);
  expect(slots.statistics()).toEqual({ running: 2, waiting: 3 });
  ends[1]!.resolve('one');
  expect(await results[1]).toBe('one');
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const end of ends) end.resolve('done');
  await Promise.all(results);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(slots.statistics()).toEqual({ running: 0, waiting: 0 });
});

test('a search that fails gives its slot on', async () => {
  const { slots, ends, start } = startSearches(3);
  const results = ends.map((_end, index) => start(index));
  ends[0]!.reject(new Error('the database is away'));
  await expect(results[0]).rejects.toThrow('away');
  ends[1]!.resolve('');
  ends[2]!.resolve('');
  await Promise.all(results.slice(1));
  expect(slots.statistics()).toEqual({ running: 0, waiting: 0 });
});

test('whoever stops waiting leaves the queue and takes no slot', async () => {
  const { slots, started, ends, start } = startSearches(4);
  const leaving = new AbortController();
  const running = [start(0), start(1)];
  const left = start(2, leaving.signal);
  const stayed = start(3);
  await settle();
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await expect(start(2, leaving.signal)).rejects.toThrow('gone');
  for (const end of ends) end.resolve('');
  await Promise.all([...running, stayed]);
  expect(started).toEqual([0, 1, 3]);
  expect(slots.statistics()).toEqual({ running: 0, waiting: 0 });
});

async function settle(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
