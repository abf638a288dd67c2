import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** Room on the disk that holds no rows any more. A vacuum keeps it for new rows, and never gives it back by itself. */
export interface EmptySpace {
  kind: 'table' | 'index';
  name: string;
  bytes: number;
  emptyBytes: number;
}

/** Less than this is not worth the lock that gives it back. */
const EMPTY_BYTES_MIN = 64 * 1024 ** 2;

/**
 * Tables and indexes of which more than half is empty, the emptiest first: after many rows have come and gone at once. Estimated
 * from the statistics, with room to spare, so that what is in use is not taken for empty: parts of large values count as
 * full, rows that came since the last analysis as rows, a table's own fill factor as wanted. Only the usual kind of index (btree) is looked at, and no table that was never
 * analyzed.
 */
export async function listEmptySpace(db: Db, { bytesMin = EMPTY_BYTES_MIN } = {}): Promise<EmptySpace[]> {
  const { rows } = await sql<EmptySpace>`
    with own as (
      select c.oid, c.relname, c.relkind, c.relam, greatest(c.reltuples, pg_stat_get_live_tuples(c.oid)) as tuples, c.reltoastrelid,
        coalesce((select option_value::float8 / 100 from pg_options_to_table(c.reloptions)
          where option_name = 'fillfactor'), 1) as fill
      from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.reltuples >= 0
    ),
    width as (
      select a.attrelid, a.attnum, s.avg_width * (1 - s.null_frac) as bytes
      from pg_attribute a join own on own.oid = a.attrelid
      join pg_stats s on s.schemaname = current_schema() and s.tablename = own.relname and s.attname = a.attname
    ),
    -- 24 bytes of head, 4 of pointer, and up to 7 of alignment.
    heap as (
      select own.relname, pg_relation_size(own.oid) as bytes,
        own.tuples * (35 + (select coalesce(sum(w.bytes), 0) from width w where w.attrelid = own.oid)) / own.fill as used
      from own
      where own.tuples = 0 or exists (select from width w where w.attrelid = own.oid)
    ),
    -- Four parts of a large value fill a page.
    toast as (
      select own.relname, pg_relation_size(t.oid) as bytes, greatest(t.reltuples, pg_stat_get_live_tuples(t.oid)) * 2048 as used
      from own join pg_class t on t.oid = own.reltoastrelid
      where t.reltuples >= 0
    ),
    tables as (
      select 'table' as kind, relname as name, sum(bytes) as bytes, sum(greatest(bytes - used, 0)) as empty
      from (select * from heap union all select * from toast) as part group by relname
    ),
    -- 8 bytes of head, 4 of pointer, 7 of alignment; pages are filled to nine tenths.
    indexes as (
      select 'index' as kind, x.relname as name, pg_relation_size(x.oid) as bytes,
        pg_relation_size(x.oid) - own.tuples * (19 + (select sum(w.bytes) from width w
          where w.attrelid = own.oid and w.attnum = any (i.indkey))) / 0.9 as empty
      from own
      join pg_index i on i.indrelid = own.oid and 0 <> all (i.indkey)
      join pg_class x on x.oid = i.indexrelid
      join pg_am m on m.oid = x.relam and m.amname = 'btree'
      where own.tuples = 0 or exists (select from width w where w.attrelid = own.oid)
    )
    select kind, name, bytes::bigint, coalesce(empty, bytes)::bigint as "emptyBytes"
    from (select * from tables union all select * from indexes) as relation
    where coalesce(empty, bytes) > ${bytesMin} and coalesce(empty, bytes) > bytes / 2
    order by "emptyBytes" desc, name`.execute(db);
  return rows;
}
