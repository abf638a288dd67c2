import { type Bucket, takeFromBucket } from '@twin/db/queries/rate-buckets';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRateGate, refusalMsMax } from './rate-gate.ts';
import { takeCalls } from './take-calls.ts';
import type { Counter } from './to-counter.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const startMicros = 1_800_000_000_000_000;

/** A gate on the real database, with one clock for both that moves when told, and a count of the queries. */
function createFrozenGate() {
  const clock = { ms: 0 };
  const queries = { count: 0 };
  const gate = createRateGate(database.db, {
    monotonicMs: () => clock.ms,
    take: (scope, counter, count) => {
      queries.count += 1;
      return takeFromBucket(database.db, scope, counter as Bucket, { count, nowMicros: startMicros + clock.ms * 1000 });
    },
  });
  const take = (bucket: Bucket) => gate.take(database.scope, bucket);
  return { gate, clock, queries, take };
}

function bucketOf(key: string, burst: number, intervalMicros = 1_000_000): Bucket {
  return { table: 'rate_bucket', key, burst, intervalMicros };
}

test.each([1, 100])('of many callers at once exactly %i are allowed, with a few queries', async (burst) => {
  const { take, queries } = createFrozenGate();
  const bucket = bucketOf(`gate-${burst}`, burst);
  const decisions = await Promise.all(Array.from({ length: 300 }, () => take(bucket)));
  expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(burst);
  expect(queries.count).toBeLessThanOrEqual(2);
  const left = decisions.filter(({ allowed }) => allowed).map(({ remaining }) => remaining);
  expect(left).toEqual(Array.from({ length: burst }, (_, index) => burst - 1 - index));
});

test('callers of several gates are allowed exactly what a fixed window holds, and then refused without a query', async () => {
  let queries = 0;
  const createGate = () =>
    createRateGate(database.db, {
      take: (scope, counter, count) => {
        queries += 1;
        return takeCalls(database.db, scope, counter, count);
      },
    });
  const gates = [createGate(), createGate(), createGate()];
  const window: Counter = { table: 'rate_limits', key: 'windowed', limit: 50, windowSeconds: 3_600 };
  const decisions = await Promise.all(
    Array.from({ length: 300 }, (_none, n) => gates[n % gates.length]!.take(database.scope, window)),
  );
  expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(50);
  const before = queries;
  for (const gate of gates) {
    const refused = await gate.take(database.scope, window);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(refused.retryMs).toBeGreaterThan(refusalMsMax - 30_000);
    expect(refused.fullMs).toBeGreaterThan(3_500_000);
  }
  expect(queries).toBe(before);
  expect(await gates[0]!.reset(database.scope, 'windowed')).toBe(true);
  expect(await gates[0]!.take(database.scope, window)).toMatchObject({ allowed: true, remaining: 49 });
});

test('a limit that changes under load holds from the next statement on', async () => {
  const first = Promise.withResolvers<void>();
  const asked: { burst: number; count: number }[] = [];
  const gate = createRateGate(database.db, {
    take: async (scope, counter, count) => {
      asked.push({ burst: (counter as Bucket).burst, count });
      if (asked.length === 1) await first.promise;
      return await takeCalls(database.db, scope, counter, count);
    },
  });
  const take = (burst: number) => gate.take(database.scope, bucketOf('changing', burst, 3_600_000_000));
  const calls = [take(100), ...Array.from({ length: 20 }, () => take(100)), take(5), take(5)];
  first.resolve();
  const decisions = await Promise.all(calls);
  expect(asked).toEqual([
    { burst: 100, count: 1 },
    { burst: 5, count: 22 },
  ]);
  expect(decisions.filter(({ allowed }) => allowed)).toHaveLength(5);
});

test('callers of a window who wait are counted in one statement, or, when it fails, not at all', async () => {
  const { db, scope } = database;
  const state = { isAway: false, statements: 0 };
  const counting = db.withPlugin({
    transformQuery: ({ node }) => {
      state.statements += 1;
      if (state.isAway) throw new Error('away');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const window: Counter = { table: 'rate_limits', key: 'together', limit: 50, windowSeconds: 3_600 };
  expect(await takeCalls(counting, scope, window, 20)).toMatchObject({ granted: 20, remaining: 30, retryMicros: 0 });
  expect(state.statements).toBe(1);
  state.isAway = true;
  await expect(takeCalls(counting, scope, window, 20)).rejects.toThrow('away');
  state.isAway = false;
  expect(await takeCalls(counting, scope, window, 100)).toMatchObject({ granted: 30, remaining: 0 });
  expect(await takeCalls(counting, scope, window, 1)).toMatchObject({ granted: 0, remaining: 0 });
});

test('a refused caller costs no query until a call has flowed back, and is then allowed at once', async () => {
  const { take, queries, clock } = createFrozenGate();
  const bucket = bucketOf('refused', 2, 10_000_000);
  await Promise.all([take(bucket), take(bucket)]);
  expect(await take(bucket)).toEqual({ allowed: false, remaining: 0, retryMs: 10_000, fullMs: 20_000 });
  const before = queries.count;
  clock.ms += 9_999;
  expect(await take(bucket)).toMatchObject({ allowed: false, retryMs: 1 });
  expect(queries.count).toBe(before);
  clock.ms += 1;
  expect(await take(bucket)).toMatchObject({ allowed: true });
});

test('with remembered refusals callers get exactly what the database alone would give them', {
  timeout: 60_000,
}, async () => {
  let run = 0;
  const arrivals = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 2_500 }),
      arrivals,
      async (burst, ms, gaps) => {
        run += 1;
        const { take, clock } = createFrozenGate();
        for (const gap of gaps) {
          clock.ms += gap;
          const alone = await takeFromBucket(database.db, database.scope, bucketOf(`alone-${run}`, burst, ms * 1000), {
            nowMicros: startMicros + clock.ms * 1000,
          });
          expect((await take(bucketOf(`gated-${run}`, burst, ms * 1000))).allowed).toBe(alone.granted === 1);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a reset frees a refused caller at once', async () => {
  const { gate, take } = createFrozenGate();
  const bucket = bucketOf('reset', 1, 3_600_000_000);
  await take(bucket);
  expect(await take(bucket)).toMatchObject({ allowed: false });
  expect(await gate.reset(database.scope, 'reset')).toBe(true);
  expect(await take(bucket)).toMatchObject({ allowed: true });
});

test('a reset in another process is noticed within the time a refusal is believed', async () => {
  const { take, clock } = createFrozenGate();
  const bucket = bucketOf('reset-elsewhere', 1, 3_600_000_000);
  await take(bucket);
  expect(await take(bucket)).toMatchObject({ allowed: false });
  await createRateGate(database.db).reset(database.scope, 'reset-elsewhere');
  clock.ms += refusalMsMax;
  expect(await take(bucket)).toMatchObject({ allowed: true });
});

test('an answer that a reset has overtaken is not remembered', async () => {
  const answered = Promise.withResolvers<void>();
  const gate = createRateGate(database.db, {
    take: async () => {
      await answered.promise;
      return { granted: 0, remaining: 0, retryMicros: 50_000_000, fullMicros: 50_000_000 };
    },
  });
  const first = gate.take(database.scope, bucketOf('overtaken', 1));
  await gate.reset(database.scope, 'overtaken');
  answered.resolve();
  expect(await first).toMatchObject({ allowed: false });
  expect(await gate.reset(database.scope, 'overtaken')).toBe(false);
});

test('a failed query refuses nobody for longer than itself', async () => {
  let isDown = true;
  const gate = createRateGate(database.db, {
    take: (scope, counter, count) =>
      isDown ? Promise.reject(new Error('down')) : takeCalls(database.db, scope, counter, count),
  });
  const calls = await Promise.allSettled([1, 2, 3].map(() => gate.take(database.scope, bucketOf('down', 5))));
  expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  isDown = false;
  expect(await gate.take(database.scope, bucketOf('down', 5))).toMatchObject({ allowed: true, remaining: 4 });
});

test('the memory of refusals is bounded: the oldest is forgotten, never what the database knows', async () => {
  let queries = 0;
  const gate = createRateGate(database.db, {
    take: async () => {
      queries += 1;
      return await Promise.resolve({ granted: 0, remaining: 0, retryMicros: 50_000_000, fullMicros: 50_000_000 });
    },
  });
  for (let caller = 0; caller <= 10_000; caller += 1) await gate.take(database.scope, bucketOf(`crowd-${caller}`, 1));
  const before = queries;
  await gate.take(database.scope, bucketOf('crowd-10000', 1));
  expect(queries).toBe(before);
  await gate.take(database.scope, bucketOf('crowd-0', 1));
  expect(queries).toBe(before + 1);
});
