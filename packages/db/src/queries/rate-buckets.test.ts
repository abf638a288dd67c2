import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { startChild } from '../testing/child-process.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { type Bucket, type BucketTable, deleteBucket, listBuckets, takeFromBucket } from './rate-buckets.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

const second = 1_000_000;
const noon = 1_800_000_000 * second;

function bucketOf(key: string, burst: number, intervalMicros = second): Bucket {
  return { table: 'rate_bucket', key, burst, intervalMicros };
}

async function take(bucket: Bucket, options: { count?: number; nowMicros?: number } = {}) {
  return await takeFromBucket(database.db, database.scope, bucket, options);
}

function grantedBy(results: readonly { granted: number }[]): number {
  return results.reduce((sum, { granted }) => sum + granted, 0);
}

describe.each(['rate_bucket', 'rate_quota'] as const)('%s', (table) => {
  test.each([1, 100])('of many calls at one instant exactly the burst of %i is granted', async (burst) => {
    const bucket: Bucket = { ...bucketOf(`instant-${burst}`, burst), table };
    const calls = Array.from({ length: burst * 3 + 40 }, async () => await take(bucket, { nowMicros: noon }));
    expect(grantedBy(await Promise.all(calls))).toBe(burst);
  });
});

test('a quota is counted without waiting for the disk, in its own transaction and no longer', async () => {
  const { db, scope } = database;
  const settings = await db.connection().execute(async (session) => {
    const show = async (at: typeof db) =>
      (await sql<{ mode: string }>`select current_setting('synchronous_commit') as mode`.execute(at)).rows[0]?.mode;
    await sql`set synchronous_commit = on`.execute(session);
    const within = async (table: BucketTable) =>
      await session.transaction().execute(async (tx) => {
        await takeFromBucket(tx, scope, { table, key: 'unhurried', burst: 5, intervalMicros: 1_000_000 });
        return await show(tx);
      });
    const modes = [await within('rate_bucket'), await within('rate_quota'), await show(session)];
    await sql`reset synchronous_commit`.execute(session);
    return modes;
  });
  expect(settings).toEqual(['on', 'off', 'on']);
});

test('a look before each step, as the statement does not take, lets through more than the limit', async (context) => {
  // The control of the test above: it must be able to fail.
  if (database.home === 'embedded') context.skip('one connection has no races');
  const { db } = database;
  await sql`create table careless (used integer not null)`.execute(db);
  await sql`insert into careless values (0)`.execute(db);
  const calls = Array.from({ length: 100 }, async () => {
    const { rows } = await sql<{ used: number }>`select used from careless`.execute(db);
    if ((rows[0]?.used ?? 0) >= 5) return 0;
    await sql`update careless set used = used + 1`.execute(db);
    return 1;
  });
  const granted = (await Promise.all(calls)).reduce((sum: number, one) => sum + one, 0);
  expect(granted).toBeGreaterThan(5);
});

test('two processes with many connections together get exactly the burst', { timeout: 60_000 }, async (context) => {
  if (database.jobsConnection.kind !== 'connection-string')
    return context.skip('one process owns an embedded database');
  const { connectionString } = database.jobsConnection;
  const module = new URL('../testing/children/take-from-bucket.ts', import.meta.url);
  const children = await database.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(1)`.execute(tx);
    const started = [1, 2].map(() => startChild(module, [connectionString, 'raced', '100', String(noon)]));
    await Promise.all(started.map((child) => child.waitForLine((line) => line === 'ready')));
    return started;
  });
  const counts = await Promise.all(
    children.map(async (child) => {
      const line = await child.waitForLine((text) => text.startsWith('granted '));
      return Number(line.slice('granted '.length));
    }),
  );
  await Promise.all(children.map(({ ended }) => ended));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
});

/** The algorithm in memory, as the papers give it. */
function createModel({ burst, intervalMicros }: Bucket) {
  let tat = 0;
  return (nowMicros: number, count: number): number => {
    let granted = 0;
    for (; granted < count; granted += 1) {
      const next = Math.max(tat, nowMicros) + intervalMicros;
      if (next - nowMicros > burst * intervalMicros) break;
      tat = next;
    }
    return granted;
  };
}

test('any arrivals get what the algorithm in memory gives them', { timeout: 60_000 }, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 7_000_003 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000_000 }), fc.integer({ min: 1, max: 25 })), { maxLength: 25 }),
      async (burst, intervalMicros, arrivals) => {
        const bucket = bucketOf(`model-${++run}`, burst, intervalMicros);
        const model = createModel(bucket);
        let nowMicros = noon;
        for (const [gap, count] of arrivals) {
          nowMicros += gap;
          const taken = await take(bucket, { nowMicros, count });
          expect(taken.granted).toBe(model(nowMicros, count));
          expect(taken.retryMicros === 0).toBe(taken.remaining > 0);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('numbers that change between calls count what was used before', { timeout: 60_000 }, async () => {
  let run = 0;
  const step = fc.record({
    gap: fc.integer({ min: 0, max: 9_000_000 }),
    count: fc.integer({ min: 1, max: 10 }),
    burst: fc.integer({ min: 1, max: 20 }),
    intervalMicros: fc.integer({ min: 1, max: 2_000_003 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      run += 1;
      let nowMicros = noon;
      let tat = 0;
      for (const { gap, count, burst, intervalMicros } of steps) {
        nowMicros += gap;
        const free = Math.floor((burst * intervalMicros - Math.max(0, tat - nowMicros)) / intervalMicros);
        const granted = Math.min(count, Math.max(0, free));
        tat = Math.max(tat, nowMicros) + granted * intervalMicros;
        const taken = await take(bucketOf(`changing-${run}`, burst, intervalMicros), { nowMicros, count });
        expect(taken.granted).toBe(granted);
      }
    }),
    { numRuns: 30 },
  );
});

test('a refusal names the very microsecond at which the next call is granted', async () => {
  const bucket = bucketOf('retry', 3, 7_777_777);
  await take(bucket, { nowMicros: noon, count: 3 });
  const refused = await take(bucket, { nowMicros: noon + 5 });
  expect(refused).toMatchObject({ granted: 0, remaining: 0 });
  const next = noon + 5 + refused.retryMicros;
  expect(await take(bucket, { nowMicros: next - 1 })).toMatchObject({ granted: 0 });
  expect(await take(bucket, { nowMicros: next })).toMatchObject({ granted: 1 });
});

test('on the running clock no more is granted than the burst and what flows back', async () => {
  const bucket = bucketOf('running', 20, 10_000);
  const started = performance.now();
  let granted = 0;
  const loops = Array.from({ length: 10 }, async () => {
    while (performance.now() - started < 800) {
      const taken = await take(bucket);
      granted += taken.granted;
    }
  });
  await Promise.all(loops);
  const elapsedMs = performance.now() - started;
  expect(granted).toBeGreaterThan(20);
  expect(granted).toBeLessThanOrEqual(20 + elapsedMs / 10 + 1);
});

test('a clock that is set back grants nothing extra, and locks nobody out for longer than a full refill', async () => {
  const bucket = bucketOf('set-back', 5);
  expect(await take(bucket, { nowMicros: noon, count: 9 })).toMatchObject({ granted: 5 });
  const hourBefore = noon - 3600 * second;
  for (const nowMicros of [noon - 1, noon - second, noon - 59 * second, hourBefore, hourBefore]) {
    expect(await take(bucket, { nowMicros })).toMatchObject({ granted: 0 });
  }
  expect(await take(bucket, { nowMicros: hourBefore + second, count: 9 })).toMatchObject({ granted: 1 });
  expect(await take(bucket, { nowMicros: hourBefore + 6 * second, count: 9 })).toMatchObject({ granted: 5 });
});

test('a refusal writes no row version', async () => {
  const version = async () =>
    await sql`select xmin::text, ctid::text from rate_bucket where key = 'quiet'`.execute(database.db);
  await take(bucketOf('quiet', 1), { nowMicros: noon });
  const before = (await version()).rows;
  await take(bucketOf('quiet', 1), { nowMicros: noon });
  expect((await version()).rows).toEqual(before);
});

test('twins are counted apart, listed by what is used, and filled again on request', async () => {
  const { db, scope } = database;
  const bucket = bucketOf('shared:a', 1, 60 * second);
  const list = async () =>
    await listBuckets(db, scope, [
      { name: 'shared', capacityMicros: 60 * second },
      { name: 'brief', capacityMicros: 1_000 },
    ]);
  expect(await take(bucket)).toMatchObject({ granted: 1, remaining: 0 });
  expect(await takeFromBucket(db, mintTwinScope(2), bucket)).toMatchObject({ granted: 1 });
  const [listed] = await list();
  expect(listed?.fullMicros).toBeGreaterThan(30 * second);
  expect(listed?.fullMicros).toBeLessThanOrEqual(60 * second);
  expect(await deleteBucket(db, scope, 'shared:a')).toBe(true);
  expect(await deleteBucket(db, scope, 'shared:a')).toBe(false);
  expect(await take(bucket)).toMatchObject({ granted: 1 });
  await take(bucketOf('brief:a', 1, 1_000));
  await sleep(20);
  expect((await list()).map(({ key }) => key)).toEqual(['shared:a']);
});
