import { sql } from 'kysely';
import type { Db } from '../db.ts';

export interface DatabaseVersions {
  /** As Postgres names itself, e.g. `17.6`. */
  server: string;
  /** Of pgvector, e.g. `0.8.1`. */
  vector: string;
}

export async function findDatabaseVersions(db: Db): Promise<DatabaseVersions> {
  const { rows } = await sql<DatabaseVersions>`
    select split_part(current_setting('server_version'), ' ', 1) as server,
      coalesce((select extversion from pg_extension where extname = 'vector'), '') as vector`.execute(db);
  return rows[0] ?? { server: '', vector: '' };
}
