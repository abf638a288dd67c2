import { initializeDatabase } from '@twin/db/initialize-database';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { createEmbeddedTestDatabase } from '@twin/db/testing/embedded-test-database';
import { createServerTestDatabase } from '@twin/db/testing/server-test-database';

/**
 * A database of its own, embedded or on `server`, which goes when it is closed; or `database`, which stays: filling a million
 * passages takes half an hour, and what is there already is not filled again.
 */
export async function openLibrary({
  server,
  database,
}: {
  server?: string | undefined;
  database?: string | undefined;
}): Promise<TestDatabase> {
  if (database === undefined) {
    return server === undefined ? await createEmbeddedTestDatabase() : await createServerTestDatabase(server);
  }
  const { database: handle } = await initializeDatabase({ home: 'server', connectionString: database, poolMax: 20 });
  return { ...handle, scope: mintTwinScope(LOCAL_TWIN_ID) };
}
