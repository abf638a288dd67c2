import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { startChild } from '../testing/child-process.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { checkRateLimit, getRateLimitCount, listRateWindows, resetRateLimit, resetRateLimits } from './rate-limits.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

/** As if the time of a window had passed. */
async function endWindow(key: string) {
  await sql`update rate_limits set expires_at = expires_at - interval '60 s' where key = ${key}`.execute(database.db);
}

async function take(key: string, limit: number, windowSeconds = 60) {
  return await checkRateLimit(database.db, database.scope, { key, limit, windowSeconds });
}

test('calls count down to zero, then are refused until the window ends', async () => {
  expect(await take('down', 2)).toMatchObject({ allowed: true, limit: 2, remaining: 1 });
  expect(await take('down', 2)).toMatchObject({ allowed: true, remaining: 0 });
  const refused = await take('down', 2);
  expect(refused).toMatchObject({ allowed: false, limit: 2, remaining: 0 });
  expect(refused.resetMs).toBeGreaterThan(50_000);
  expect(refused.resetMs).toBeLessThanOrEqual(60_000);
});

test.each([1, 10, 100])('of many calls at once exactly the limit of %i is allowed', async (limit) => {
  const results = await Promise.all(
    Array.from({ length: limit * 2 + 20 }, async () => await take(`burst-${limit}`, limit)),
  );
  expect(results.filter((result) => result.allowed)).toHaveLength(limit);
  expect(results.every((result) => result.resetMs > 0 && result.resetMs <= 60_000)).toBe(true);
});

test('two processes with many connections together get exactly the limit', { timeout: 60_000 }, async (context) => {
  if (database.jobsConnection.kind !== 'connection-string')
    return context.skip('one process owns an embedded database');
  const { connectionString } = database.jobsConnection;
  const module = new URL('../testing/children/check-rate-limit.ts', import.meta.url);
  const children = await database.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(1)`.execute(tx);
    const started = [1, 2].map(() => startChild(module, [connectionString, 'raced', '100']));
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

test('a window may be as long as a month', async () => {
  const month = 31 * 86_400;
  expect(await take('month', 1, month)).toMatchObject({ allowed: true });
  expect((await take('month', 1, month)).resetMs).toBeGreaterThan((month - 600) * 1000);
});

test('windows of a kind are listed by the share that is used, and reset together', async () => {
  const { db, scope } = database;
  const kinds = [
    { name: 'few', limit: 2 },
    { name: 'many', limit: 10 },
  ] as const;
  for (const key of ['few:a', 'many:a', 'many:a', 'few:b', 'few:b', 'other:a']) await take(key, 10);
  await take('many:over', 10, 0.05);
  await sleep(100);
  const listed = async () =>
    (await listRateWindows(db, scope, kinds)).map(({ key, kind, count }) => `${key} ${kind} ${count}`);
  expect(await listed()).toEqual(['few:b few 2', 'few:a few 1', 'many:a many 2']);
  expect(await listRateWindows(db, mintTwinScope(3), kinds)).toEqual([]);
  expect((await resetRateLimits(db, scope, 'few')).toSorted()).toEqual(['few:a', 'few:b']);
  expect(await listed()).toEqual(['many:a many 2']);
  expect(await getRateLimitCount(db, scope, 'other:a')).toBe(1);
});

test('a refused call is not counted', async () => {
  await take('refused', 1);
  await take('refused', 1);
  await take('refused', 1);
  expect(await getRateLimitCount(database.db, database.scope, 'refused')).toBe(1);
});

test('a new window opens when the old one is over', async () => {
  await take('window', 1);
  expect(await take('window', 1)).toMatchObject({ allowed: false });
  await endWindow('window');
  expect(await take('window', 1)).toMatchObject({ allowed: true, remaining: 0 });
});

test('a window that ends too far ahead, as after a clock was set back, is opened anew', async () => {
  const { db, scope } = database;
  await take('clock', 1);
  await sql`update rate_limits set expires_at = expires_at + interval '1 day' where key = 'clock'`.execute(db);
  expect(await checkRateLimit(db, scope, { key: 'clock', limit: 1, windowSeconds: 60 })).toMatchObject({
    allowed: true,
  });
});

test('a call that waited for the lock, and so knows an older time, opens no new window', async () => {
  await take('waited', 1);
  await sql`update rate_limits set expires_at = expires_at + interval '5 s' where key = 'waited'`.execute(database.db);
  expect(await take('waited', 1)).toMatchObject({ allowed: false, resetMs: 60_000 });
});

test('twins are counted apart', async () => {
  const input = { key: 'shared', limit: 1, windowSeconds: 60 };
  expect(await checkRateLimit(database.db, database.scope, input)).toMatchObject({ allowed: true });
  expect(await checkRateLimit(database.db, mintTwinScope(2), input)).toMatchObject({ allowed: true });
});

test('a reset forgets the count, and says whether there was one', async () => {
  const { db, scope } = database;
  await take('reset', 1);
  expect(await resetRateLimit(db, scope, 'reset')).toBe(true);
  expect(await resetRateLimit(db, scope, 'reset')).toBe(false);
  expect(await take('reset', 1)).toMatchObject({ allowed: true });
});

test('a window that is over counts nothing', async () => {
  const { db, scope } = database;
  await take('expired', 5);
  expect(await getRateLimitCount(db, scope, 'expired')).toBe(1);
  await endWindow('expired');
  expect(await getRateLimitCount(db, scope, 'expired')).toBe(0);
  expect(await getRateLimitCount(db, scope, 'never')).toBe(0);
});
