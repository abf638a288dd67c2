import { sql } from 'kysely';
import { listArchiveTables } from '../archive/archive-tables.ts';
import type { Db } from '../db.ts';

/** Every row of every table that a copy of the database needs, by table: as Postgres writes it, in an order of its own. */
export async function listArchivedRows(db: Db): Promise<Record<string, string[]>> {
  const rowsByTable: Record<string, string[]> = {};
  for (const { name } of await listArchiveTables(db)) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(name)} t order by 1`.execute(db);
    rowsByTable[name] = rows.map(({ row }) => row);
  }
  return rowsByTable;
}
