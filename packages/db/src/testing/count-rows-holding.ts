import { sql } from 'kysely';
import type { Db } from '../db.ts';

/**
 * How many rows of each table hold `text` in any column, binary ones included; tables without any are left out. It looks
 * at every table of every schema that is not Postgres's own, so that a new table is never forgotten.
 */
export async function countRowsHolding(db: Db, text: string): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const counts: Record<string, number> = {};
  const hex = Buffer.from(text).toString('hex');
  for (const { schema, name } of tables) {
    const table = sql.table(`${schema}.${name}`);
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from ${table} as t
      where position(${text}::text in t::text) > 0 or position(${hex}::text in t::text) > 0`.execute(db);
    if ((rows[0]?.count ?? 0) > 0) counts[`${schema}.${name}`] = rows[0]?.count ?? 0;
  }
  return counts;
}
