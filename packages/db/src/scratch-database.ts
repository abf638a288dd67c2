import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type DatabaseConfig, type DatabaseHandle, openDatabase } from './client.ts';
import { initializeDatabase } from './initialize-database.ts';
import type { ServerConfig } from './server/open-server.ts';

/**
 * A new, migrated, empty database that is removed when it is closed: embedded in a temporary folder, or beside the
 * configured one on the same server, where the user must be allowed to create databases.
 *
 * @throws StartupError saying what is wrong and what to do.
 */
export async function openScratchDatabase(config: DatabaseConfig): Promise<DatabaseHandle> {
  return config.home === 'embedded' ? await openEmbeddedScratch() : await openServerScratch(config);
}

async function openEmbeddedScratch(): Promise<DatabaseHandle> {
  const dataDir = await mkdtemp(join(tmpdir(), 'digital-twin-scratch-'));
  return await openAndRemove({ home: 'embedded', dataDir }, () => rm(dataDir, { recursive: true, force: true }));
}

async function openServerScratch(config: { home: 'server' } & ServerConfig): Promise<DatabaseHandle> {
  const name = `twin_scratch_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(config.connectionString);
  await administer(config, `create database ${name}`);
  url.pathname = `/${name}`;
  return await openAndRemove({ ...config, connectionString: url.toString() }, () =>
    administer(config, `drop database if exists ${name} with (force)`),
  );
}

async function openAndRemove(config: DatabaseConfig, remove: () => Promise<void>): Promise<DatabaseHandle> {
  try {
    const { database } = await initializeDatabase(config);
    return {
      ...database,
      close: async () => {
        await database.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** On the configured database, with a connection that ends with the statement. */
async function administer(config: DatabaseConfig, statement: string): Promise<void> {
  const database = await openDatabase(config);
  try {
    await sql.raw(statement).execute(database.db);
  } finally {
    await database.close();
  }
}
