import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaColumns } from './schema-columns.ts';
import { createTestDatabase, type TestDatabase } from './testing/create-test-database.ts';
import { listColumns } from './testing/list-columns.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('the columns of each table are those that the migrations make', async () => {
  const made = (await listColumns(database.db)).map(({ name, columns }) => {
    return [name, Array.from(columns.matchAll(/`([^`]+)`/g), ([, column]) => column).join(' ')];
  });
  expect(schemaColumns).toEqual(Object.fromEntries(made));
});
