import { sql } from 'kysely';
import type { Tx } from '../db.ts';

/** For sorting, and for the words' index, which has a key for every word of every passage. */
const BUILD_MEMORY = '256MB';

/**
 * Drops the indexes that hold no constraint, and returns what builds them all at once when the rows are there: row by row
 * the index of words alone takes longer than all else.
 */
export async function putOffIndexes(tx: Tx): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select c.relname as name, pg_get_indexdef(c.oid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relkind = 'r' and t.relpersistence = 'p' and t.relnamespace = current_schema()::regnamespace
      and not exists (select from pg_constraint k where k.conindid = c.oid)
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by t.oid, c.oid`.execute(tx);
  for (const { name } of rows) await sql`drop index ${sql.table(name)}`.execute(tx);
  return async () => {
    await sql`
      select set_config('maintenance_work_mem',
        greatest(pg_size_bytes(${BUILD_MEMORY}), pg_size_bytes(current_setting('maintenance_work_mem'))) / 1024 || 'kB', true)`.execute(
      tx,
    );
    for (const { definition } of rows) await sql.raw(definition).execute(tx);
  };
}
