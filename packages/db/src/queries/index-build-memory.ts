import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { graphBytes } from '../vector.ts';

/** Whatever the server gives by itself: below the whole graph's size a build is ten times as slow. */
const BUILD_BYTES_MAX = 1024 ** 3;

/** Gives the builds of a session, or of the transaction it is in, memory for the graph of so many vectors; never less than it has. */
export async function raiseBuildMemory(
  db: Db,
  { dimensions }: { dimensions: number },
  rows: number,
  lasts: 'transaction' | 'session',
): Promise<void> {
  const kilobytes = Math.ceil(Math.min(graphBytes(dimensions, rows), BUILD_BYTES_MAX) / 1024);
  await sql`
    select set_config('maintenance_work_mem',
      greatest(${kilobytes}::bigint, pg_size_bytes(current_setting('maintenance_work_mem')) / 1024) || 'kB',
      ${lasts === 'transaction'})`.execute(db);
}
