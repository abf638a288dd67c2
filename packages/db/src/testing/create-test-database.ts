import type { DatabaseHandle } from '../client.ts';
import type { TwinScope } from '../scope.ts';
import { createEmbeddedTestDatabase } from './embedded-test-database.ts';
import { createServerTestDatabase } from './server-test-database.ts';

export interface TestDatabase extends DatabaseHandle {
  /** Of the twin that exists from the start. */
  scope: TwinScope;
  /** Closes the database and removes it. */
  close: () => Promise<void>;
}

/**
 * A fresh, migrated, empty database: embedded by default, on the server that TEST_DATABASE_URL names when it is set. One
 * for each test file: `beforeAll(async () => { database = await createTestDatabase(); })`, `afterAll(() => database.close())`.
 * It is cloned from a prepared one, which takes well under a second.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  return serverUrl ? await createServerTestDatabase(serverUrl) : await createEmbeddedTestDatabase();
}
