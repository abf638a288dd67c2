import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';

/** An index that is being made at this moment, by whichever process or person. */
export interface IndexBuild {
  table: string;
  /** As Postgres names it, e.g. `building index: loading tuples`. */
  phase: string;
  /** Of the phase: rows or blocks, and 0 where it counts neither. */
  done: number;
  total: number;
}

/**
 * The builds that Postgres reports. Until one is done its index is marked as not valid, just like one that a killed build
 * has left behind. One by a role whose doings are hidden from this one is on a table without a name.
 *
 * @param modelId only those on the vectors of this model.
 */
export async function listIndexBuilds(db: Db, modelId?: number): Promise<IndexBuild[]> {
  const ofModel = modelId === undefined ? sql`` : sql`and c.relname = ${`chunk_embedding_${modelId}`}`;
  const { rows } = await sql<IndexBuild>`
    select coalesce(c.relname, '') as "table", coalesce(p.phase, '') as phase,
      coalesce(case when p.tuples_total > 0 then p.tuples_done else p.blocks_done end, 0) as done,
      coalesce(case when p.tuples_total > 0 then p.tuples_total else p.blocks_total end, 0) as total
    from pg_stat_progress_create_index p left join pg_class c on c.oid = p.relid
    where p.datname = current_database() ${ofModel} order by 1`.execute(db);
  return rows;
}

/** Whether an index on the table may be one that is being made. */
export function isBeingIndexed(tableOid: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from pg_stat_progress_create_index p
    where p.datname = current_database() and (p.relid = ${tableOid} or p.relid is null))`;
}
