import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceLists } from './reference-lists.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('the reference lists every endpoint, procedure, limit and table there is (write it anew with -u)', async () => {
  await expect(await referenceLists(database.db)).toMatchFileSnapshot('../../../../docs/reference-lists.md');
});
