import { createHash } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { believedMs, createApiKeys } from './api-keys.ts';

type AuthTables = {
  auth_api_key: {
    id: string;
    configId: string;
    referenceId: string;
    key: string;
    name: string;
    enabled: boolean;
    expiresAt: Date | null;
    createdAt: Date;
    updatedAt: Date;
  };
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** A key in the table as the sign-in library stores it. */
async function insertKey(key: string, expiresAt: Date | null = null): Promise<void> {
  const now = new Date();
  const hash = createHash('sha256').update(key).digest('base64url');
  const row = { id: key, configId: 'default', referenceId: 'ann', key: hash, name: key, enabled: true, expiresAt };
  await database.db
    .withTables<AuthTables>()
    .insertInto('auth_api_key')
    .values({ ...row, createdAt: now, updatedAt: now })
    .execute();
}

async function expireNow(key: string): Promise<void> {
  await database.db
    .withTables<AuthTables>()
    .updateTable('auth_api_key')
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where('id', '=', key)
    .execute();
}

async function disable(key: string): Promise<void> {
  await database.db
    .withTables<AuthTables>()
    .updateTable('auth_api_key')
    .set({ enabled: false })
    .where('id', '=', key)
    .execute();
}

test('a valid key is believed for some seconds; what was changed elsewhere is seen after them, what was changed here at once', async () => {
  const clock = { ms: 0 };
  const keys = createApiKeys(database.db, () => clock.ms);
  await insertKey('first');
  expect(await keys.find('first')).toMatchObject({ id: 'first', name: 'first' });
  await disable('first');
  clock.ms += believedMs - 1;
  expect(await keys.find('first')).toMatchObject({ id: 'first' });
  clock.ms += 1;
  expect(await keys.find('first')).toBeNull();

  await insertKey('second');
  expect(await keys.find('second')).toMatchObject({ id: 'second' });
  await disable('second');
  keys.forget();
  expect(await keys.find('second')).toBeNull();
});

test('an answer that a change has overtaken is not believed after it', async () => {
  const keys = createApiKeys(database.db, () => 0);
  await insertKey('overtaken');
  const asked = keys.find('overtaken');
  keys.forget();
  await asked;
  await disable('overtaken');
  expect(await keys.find('overtaken')).toBeNull();
});

test('an expired key is refused at the moment it expires, and no key is looked up where memory alone is asked', async () => {
  const clock = { ms: 0 };
  const keys = createApiKeys(database.db, () => clock.ms);
  await insertKey('brief', new Date(Date.now() + 2_000));
  await insertKey('expired', new Date(Date.now() - 1));
  expect(await keys.find('expired')).toBeNull();
  expect(await keys.find('brief', { fromMemory: true })).toBeNull();
  expect(await keys.find('brief')).toMatchObject({ id: 'brief' });
  expect(await keys.find('brief', { fromMemory: true })).toMatchObject({ id: 'brief' });
  clock.ms += 2_000;
  await expireNow('brief');
  expect(await keys.find('brief', { fromMemory: true })).toBeNull();
});

test('where memory alone is asked, a key that was proven once is looked up when it has been believed for long enough, and no other is', async () => {
  let queries = 0;
  const counting = database.db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => await Promise.resolve(result),
  });
  const clock = { ms: 0 };
  const keys = createApiKeys(counting, () => clock.ms);
  await insertKey('steady');
  await keys.find('steady');
  clock.ms += believedMs;
  expect(await keys.find('steady', { fromMemory: true })).toMatchObject({ id: 'steady' });
  keys.forget();
  expect(await keys.find('steady', { fromMemory: true })).toMatchObject({ id: 'steady' });
  expect(queries).toBe(3);
  await disable('steady');
  keys.forget();
  expect(await keys.find('steady', { fromMemory: true })).toBeNull();
  expect(queries).toBe(4);
  expect(await keys.find('steady', { fromMemory: true })).toBeNull();
  expect(await keys.find('made up', { fromMemory: true })).toBeNull();
  expect(queries).toBe(4);
});
