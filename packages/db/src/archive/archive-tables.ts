import { sql } from 'kysely';
import type { Db } from '../db.ts';

export interface TableShape {
  name: string;
  /** Those that can be written, quoted, with commas. */
  columns: string;
  /** Holds binary columns, whose rows are large. */
  binary: boolean;
}

/**
 * The tables whose rows a copy of the database needs, each behind those it refers to. Left out are the migrations' own and
 * the unlogged ones, which a crash may empty as well. The job queue is not among them: the next start fills it again.
 */
export async function listArchiveTables(db: Db): Promise<TableShape[]> {
  const { rows } = await sql<TableShape & { parents: string[] }>`
    select c.relname as name,
      (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      exists (select from pg_attribute where attrelid = c.oid and atttypid = 'bytea'::regtype and attname = 'bytes') as binary,
      array(select parent.relname::text from pg_constraint k join pg_class parent on parent.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid)
        || case when c.relname like 'chunk\\_embedding\\_%' then array['embedding_model'] else array[]::text[] end as parents
    from pg_class c
    where c.relkind = 'r' and c.relpersistence = 'p' and c.relnamespace = current_schema()::regnamespace
      and c.relname not like 'kysely\\_%'
    order by c.relname`.execute(db);
  const ordered: typeof rows = [];
  while (ordered.length < rows.length) {
    const placed = new Set(ordered.map(({ name }) => name));
    const next = rows.filter(
      ({ name, parents }) =>
        !placed.has(name) && parents.every((parent) => placed.has(parent) || !isListed(rows, parent)),
    );
    if (next.length === 0) throw new Error('The tables refer to each other in a circle');
    ordered.push(...next);
  }
  return ordered;
}

function isListed(rows: readonly { name: string }[], table: string): boolean {
  return rows.some(({ name }) => name === table);
}
