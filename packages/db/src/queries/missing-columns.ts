import { sql } from 'kysely';
import type { Db } from '../db.ts';
import { schemaColumns } from '../schema-columns.ts';

/** Columns that the migrations make and the database has not, as `table.column`: it was changed in another way. */
export async function listMissingColumns(db: Db): Promise<string[]> {
  const wanted = Object.entries(schemaColumns).flatMap(([table, columns]) =>
    columns.split(' ').map((column) => ({ table, column })),
  );
  const { rows } = await sql<{ name: string }>`
    select wanted_table || '.' || wanted_column as name
    from unnest(${wanted.map(({ table }) => table)}::text[], ${wanted.map(({ column }) => column)}::text[])
      as wanted (wanted_table, wanted_column)
    where not exists (
      select from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relname = wanted_table and a.attname = wanted_column
    )
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
}
