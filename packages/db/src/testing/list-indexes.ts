import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** How each index is defined, but for those on vectors, which differ by home. */
export async function listIndexes(db: Db): Promise<string[]> {
  const { rows } = await sql<{ indexdef: string }>`
    select indexdef from pg_indexes where schemaname = 'public' and tablename not like 'chunk_embedding%' order by 1`.execute(
    db,
  );
  return rows.map(({ indexdef }) => indexdef);
}

/** Whether the planner knows of a table's rows. */
export async function hasStatistics(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql`select from pg_class where relname = ${table} and reltuples > 0`.execute(db);
  return rows.length > 0;
}
