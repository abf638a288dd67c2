import { openDatabase } from '@twin/db/client';
import { migrateToLatest } from '@twin/db/migrate';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';

/** Creates the schema or brings it up to date. Doing it again changes nothing. */
export async function initializeDatabase(env: Env): Promise<string> {
  const database = await openDatabase(databaseConfigOf(env));
  try {
    const { applied } = await migrateToLatest(database.db);
    const done = applied.length === 0 ? 'The schema is up to date.' : `The schema is ready: ${applied.join(', ')}.`;
    return `${done} Postgres ${database.serverVersion}, pgvector ${database.vectorVersion}.`;
  } finally {
    await database.close();
  }
}
