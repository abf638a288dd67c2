import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type DatabaseHandle, openDatabase } from '@twin/db/client';
import { copyPreparedDataFolder } from '@twin/db/testing/embedded-test-database';
import { createEmptyDatabase, createMigratedDatabase } from '@twin/db/testing/server-test-database';

/** A place for a database that a process opens by itself: what its environment says, and how to get rid of it. */
export interface TestHome {
  variables: Record<string, string>;
  /** For a look inside, and a change; of an embedded one only while no process has it open. */
  look<T>(at: (database: DatabaseHandle) => Promise<T>): Promise<T>;
  /** Loses the database and all it holds. In its place is what a new installation has: no folder, or an empty database. */
  lose(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * An embedded database's folder, or a database on the server that TEST_DATABASE_URL names. The embedded one has its
 * schema; one on a server has it when the test asks for it.
 */
export async function createTestHome({
  isMigrated = false,
  serverUrl = process.env['TEST_DATABASE_URL'],
} = {}): Promise<TestHome> {
  const dataDir = await mkdtemp(join(tmpdir(), 'twin-home-'));
  const removeFolder = async () => await rm(dataDir, { recursive: true, force: true });
  if (serverUrl === '' || serverUrl === undefined) {
    await copyPreparedDataFolder(dataDir);
    return {
      variables: { DATA_DIR: dataDir },
      look: async (at) => await lookInto(await openDatabase({ home: 'embedded', dataDir }), at),
      lose: removeFolder,
      remove: removeFolder,
    };
  }
  const { connectionString, drop, createAnew } = await (isMigrated ? createMigratedDatabase : createEmptyDatabase)(
    serverUrl,
  );
  return {
    variables: { DATA_DIR: dataDir, DATABASE_URL: connectionString },
    look: async (at) => await lookInto(await openDatabase({ home: 'server', connectionString, poolMax: 4 }), at),
    lose: async () => {
      await drop();
      await createAnew();
    },
    remove: async () => {
      await drop();
      await removeFolder();
    },
  };
}

async function lookInto<T>(database: DatabaseHandle, at: (database: DatabaseHandle) => Promise<T>): Promise<T> {
  try {
    return await at(database);
  } finally {
    await database.close();
  }
}
