import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { countCacheValues, deleteDatabaseValue, getDatabaseValue, setDatabaseValue } from './cache.ts';

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
  await setDatabaseValue(db, scope, { key: 'brief', value: 'x', ttlSeconds: 0.3 });
  expect(await getDatabaseValue(db, scope, 'brief')).toBe('x');
  await sleep(400);
  expect(await getDatabaseValue(db, scope, 'brief')).toBeUndefined();
  expect(await countCacheValues(db, scope)).toEqual({ entries: 0, bytes: 0 });
});
