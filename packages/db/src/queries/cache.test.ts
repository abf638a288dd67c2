import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { countCacheValues, deleteDatabaseValue, getDatabaseValue, setDatabaseValue, trimCache } from './cache.ts';
import { findCacheDurability, setCacheDurability } from './cache-durability.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

test('a value is found until it is replaced or deleted, by its own twin alone', async () => {
  const { db, scope } = database;
  expect(await getDatabaseValue(db, scope, 'answer')).toBeUndefined();
  await setDatabaseValue(db, scope, { key: 'answer', value: 'one', ttlSeconds: 60 });
  await setDatabaseValue(db, scope, { key: 'answer', value: 'two', ttlSeconds: 60 });
  expect(await getDatabaseValue(db, scope, 'answer')).toBe('two');
  expect(await getDatabaseValue(db, mintTwinScope(2), 'answer')).toBeUndefined();
  expect(await countCacheValues(db, scope)).toEqual({ entries: 1, bytes: 'answer'.length + 'two'.length });
  expect(await deleteDatabaseValue(db, scope, 'answer')).toBe(true);
  expect(await deleteDatabaseValue(db, scope, 'answer')).toBe(false);
});

test('a value is gone the moment its time is over, removed or not', async () => {
  const { db, scope } = database;
  await setDatabaseValue(db, scope, { key: 'brief', value: 'x', ttlSeconds: 60.3 });
  expect(await getDatabaseValue(db, scope, 'brief')).toBe('x');
  await sql`update database_cache set expires_at = expires_at - interval '60.3 s' where key = 'brief'`.execute(db);
  expect(await getDatabaseValue(db, scope, 'brief')).toBeUndefined();
  expect(await countCacheValues(db, scope)).toEqual({ entries: 0, bytes: 0 });
});

test('what expires first is evicted, batch by batch and no more than needed, of one twin alone', async () => {
  const { db, scope } = database;
  await sql`delete from database_cache`.execute(db);
  // Keys of 5 bytes and values of 95; the higher the number, the later it expires.
  await sql`
    insert into database_cache (twin_id, key, value, expires_at)
    select twin, 'k' || n, repeat('x', 95), now() at time zone 'utc' + n * interval '1 s'
    from generate_series(1000, 3999) n, unnest(array[1, 2]) twin`.execute(db);
  expect(await trimCache(db, scope, 49_950)).toBe(2_501);
  expect(await countCacheValues(db, scope)).toEqual({ entries: 499, bytes: 49_900 });
  expect(await getDatabaseValue(db, scope, 'k3500')).toBeUndefined();
  expect(await getDatabaseValue(db, scope, 'k3501')).toBeDefined();
  expect(await countCacheValues(db, mintTwinScope(2))).toMatchObject({ entries: 3_000 });
  expect(await trimCache(db, scope, 49_950)).toBe(0);
});

test('the cache is kept as the owner asks, with what it holds', async () => {
  const { db, scope } = database;
  await setDatabaseValue(db, scope, { key: 'moved', value: 'along', ttlSeconds: 60 });
  for (const durability of ['unlogged', 'unlogged', 'logged'] as const) {
    await setCacheDurability(db, durability);
    expect(await findCacheDurability(db)).toBe(durability);
    expect(await getDatabaseValue(db, scope, 'moved')).toBe('along');
  }
});
