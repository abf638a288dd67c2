import { expect, test } from 'vitest';
import { importPages, type PageOutcome } from './import-pages.ts';

class Busy extends Error {
  readonly retryAfterMs: number | null;
  constructor(retryAfterMs: number | null) {
    super('Busy');
    this.retryAfterMs = retryAfterMs;
  }
}

function run(addresses: string[], importPage: (address: string) => Promise<PageOutcome>, stop = new AbortController()) {
  const waits: number[] = [];
  const told: number[] = [];
  const result = importPages(addresses, {
    importPage,
    problemOf: (error) => ({
      message: (error as Error).message,
      retryAfterMs: (error as Busy).retryAfterMs ?? null,
    }),
    onProgress: ({ added, same, failed }) => told.push(added + same + failed.length),
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    signal: stop.signal,
  });
  return { result, waits, told };
}

const pages = ['a', 'b', 'c', 'd', 'e', 'f'];

test('every page is told of: added, here already, or why not', async () => {
  const { result, told } = run(pages, (address) => {
    if (address === 'c') return Promise.reject(new Error('Gone'));
    return Promise.resolve(address === 'd' ? 'duplicate' : 'created');
  });
  expect(await result).toEqual({ total: 6, added: 4, same: 1, failed: [{ address: 'c', message: 'Gone' }] });
  expect(told).toEqual([1, 2, 3, 4, 5, 6]);
});

test('no more than two pages are asked for at a time, each after a pause', async () => {
  let [open, most] = [0, 0];
  const { result, waits } = run(pages, async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 2));
    open -= 1;
    return 'created';
  });
  await result;
  expect(most).toBe(2);
  expect(waits).toEqual(pages.map(() => 500));
});

test('a site that asks to wait is waited for, once, and not for long', async () => {
  const asked: string[] = [];
  const { result, waits } = run(['a', 'b'], (address) => {
    asked.push(address);
    return asked.filter((one) => one === address).length === 1 || address === 'b'
      ? Promise.reject(new Busy(address === 'a' ? 7_000 : 10 * 60_000))
      : Promise.resolve('created');
  });
  expect(await result).toMatchObject({ added: 1, failed: [{ address: 'b' }] });
  expect(asked.toSorted()).toEqual(['a', 'a', 'b']);
  expect(waits).toContain(7_000);
});

test('once stopped, no further page is asked for', async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const { result } = run(
    pages,
    (address) => {
      asked.push(address);
      stop.abort();
      return Promise.resolve('created');
    },
    stop,
  );
  expect((await result).added).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(2);
});
