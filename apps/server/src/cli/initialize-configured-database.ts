import { initializeDatabase } from '@twin/db/initialize-database';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Creates the schema or brings it up to date. Doing it again changes nothing. */
export async function initializeConfiguredDatabase(env: Env): Promise<CommandResult> {
  const { database, applied } = await initializeDatabase(databaseConfigOf(env));
  await database.close();
  const { home, serverVersion, vectorVersion } = database;
  return {
    text: `${describeApplied(applied)} Postgres ${serverVersion}, pgvector ${vectorVersion}.`,
    data: { applied, home, serverVersion, vectorVersion },
  };
}

function describeApplied(applied: readonly string[]): string {
  if (applied.length === 0) return 'The schema is up to date.';
  const [first, last] = [applied[0], applied.at(-1)];
  return applied.length < 4
    ? `The schema is ready; done now: ${applied.join(', ')}.`
    : `The schema is ready; ${applied.length} steps were done now, ${first} to ${last}.`;
}
