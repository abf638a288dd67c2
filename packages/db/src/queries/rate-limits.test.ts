import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { checkRateLimit, getRateLimitCount, resetRateLimit } from './rate-limits.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

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

test('a refused call is not counted', async () => {
  await take('refused', 1);
  await take('refused', 1);
  await take('refused', 1);
  expect(await getRateLimitCount(database.db, database.scope, 'refused')).toBe(1);
});

test('a new window opens when the old one is over', async () => {
  await take('window', 1, 0.4);
  expect(await take('window', 1, 0.4)).toMatchObject({ allowed: false });
  await sleep(500);
  expect(await take('window', 1, 0.4)).toMatchObject({ allowed: true, remaining: 0 });
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
  await take('expired', 5, 0.1);
  expect(await getRateLimitCount(db, scope, 'expired')).toBe(1);
  await sleep(200);
  expect(await getRateLimitCount(db, scope, 'expired')).toBe(0);
  expect(await getRateLimitCount(db, scope, 'never')).toBe(0);
});
