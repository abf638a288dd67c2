import { sql } from 'kysely';
import type { Tx } from '../db.ts';

/** Lets every generated number go on behind the largest one that is in use. */
export async function restoreSequences(tx: Tx): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attidentity <> ''
    union all
    select 'word', 'id', 'word_id'`.execute(tx);
  for (const { table, column, sequence } of rows) {
    await sql`
      select setval(${sequence}::regclass, greatest(max(${sql.ref(column)}), 1), coalesce(max(${sql.ref(column)}), 0) > 0)
      from ${sql.table(table)}`.execute(tx);
  }
}
