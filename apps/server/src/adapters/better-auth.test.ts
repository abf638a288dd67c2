import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authConfiguration } from './better-auth.ts';
import { createLogger } from './pino-logger.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

test('our migration gives the sign-in library every table, column and index it wants', async () => {
  const options = {
    db: database.db,
    secret: 'a-secret-for-this-test-0123456789-abcdef',
    publicOrigin: 'http://localhost:3000',
    logger: createLogger({ level: 'silent', forPerson: false }),
  };

  const plan = await getMigrations(authConfiguration(options, { disableSignUp: true }));

  expect(plan.toBeCreated).toEqual([]);
  expect(plan.toBeAdded).toEqual([]);
  expect(plan.toBeAddedIndexes).toEqual([]);
});
