import { initializeDatabase } from '@twin/db/initialize-database';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Creates the schema or brings it up to date. Doing it again changes nothing. */
export async function initializeConfiguredDatabase(env: Env): Promise<CommandResult> {
  const { database, applied } = await initializeDatabase(databaseConfigOf(env));
  await database.close();
  const done = applied.length === 0 ? 'The schema is up to date.' : `The schema is ready: ${applied.join(', ')}.`;
  const { home, serverVersion, vectorVersion } = database;
  return {
    text: `${done} Postgres ${serverVersion}, pgvector ${vectorVersion}.`,
    data: { applied, home, serverVersion, vectorVersion },
  };
}
