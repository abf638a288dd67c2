import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { createEmptyDatabase } from '@twin/db/testing/server-test-database';

/** A place for a database that a command opens by itself: what its environment says, and how to get rid of it. */
export interface TestHome {
  variables: Record<string, string>;
  remove(): Promise<void>;
}

/** An embedded database's folder, or a database on the server that TEST_DATABASE_URL names. */
export async function createTestHome(): Promise<TestHome> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-home-'));
  const removeFolder = async () => await rm(dataDir, { recursive: true, force: true });
  if (serverUrl === undefined || serverUrl === '') {
    await copyPreparedDataFolder(dataDir);
    return { variables: { DATA_DIR: dataDir }, remove: removeFolder };
  }
  const database = await createEmptyDatabase(serverUrl);
  return {
    variables: { DATA_DIR: dataDir, DATABASE_URL: database.connectionString },
    remove: async () => {
      await database.drop();
      await removeFolder();
    },
  };
}
