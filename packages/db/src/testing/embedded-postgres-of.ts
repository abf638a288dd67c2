import type { EmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import type { TestDatabase } from './create-test-database.ts';

/** The engine of an embedded test database, past Kysely. */
export function embeddedPostgresOf({ jobsConnection }: TestDatabase): EmbeddedPostgres {
  if (jobsConnection.kind !== 'pglite') throw new Error('This is not the embedded home');
  return jobsConnection.pglite;
}
