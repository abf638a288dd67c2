import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** Every table of the product's own with its columns and their types, in Markdown; those of embedding models left out. */
export async function listColumns(db: Db): Promise<{ name: string; columns: string }[]> {
  const { rows } = await sql<{ name: string; columns: string }>`
    select c.relname::text as name,
      string_agg('\`' || a.attname || '\` ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
      and c.relname not like 'chunk_embedding_%' and c.relname not like 'kysely_%'
    group by c.relname order by c.relname`.execute(db);
  return rows;
}
