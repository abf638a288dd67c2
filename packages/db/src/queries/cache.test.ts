import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import {
  countCacheValues,
  deleteCacheValue,
  deleteExpiredCacheValues,
  findCacheValue,
  upsertCacheValue,
} from './cache.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

test('a value is found until it is replaced or deleted, by its own twin alone', async () => {
  const { db, scope } = database;
  expect(await findCacheValue(db, scope, 'answer')).toBeUndefined();
  await upsertCacheValue(db, scope, { key: 'answer', value: 'one', ttlSeconds: 60 });
  await upsertCacheValue(db, scope, { key: 'answer', value: 'two', ttlSeconds: 60 });
  expect(await findCacheValue(db, scope, 'answer')).toBe('two');
  expect(await findCacheValue(db, mintTwinScope(2), 'answer')).toBeUndefined();
  expect(await countCacheValues(db, scope)).toEqual({ entries: 1, bytes: 'answer'.length + 'two'.length });
  expect(await deleteCacheValue(db, scope, 'answer')).toBe(true);
  expect(await deleteCacheValue(db, scope, 'answer')).toBe(false);
});

test('a value is gone the moment its time is over, removed or not', async () => {
  const { db, scope } = database;
  await upsertCacheValue(db, scope, { key: 'brief', value: 'x', ttlSeconds: 0.3 });
  expect(await findCacheValue(db, scope, 'brief')).toBe('x');
  await sleep(400);
  expect(await findCacheValue(db, scope, 'brief')).toBeUndefined();
  expect(await countCacheValues(db, scope)).toEqual({ entries: 0, bytes: 0 });
  expect(await deleteExpiredCacheValues(db, scope)).toBe(1);
  expect(await deleteExpiredCacheValues(db, scope)).toBe(0);
});
