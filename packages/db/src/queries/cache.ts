import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

/** The table keeps UTC without a zone. */
const utcNow: RawBuilder<Date> = sql<Date>`statement_timestamp() at time zone 'utc'`;

/** The value kept under a key, undefined once its time is over. */
export async function getDatabaseValue(db: Db, scope: TwinScope, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`${namedStatement('get-cache-value')}
    select value from database_cache
    where twin_id = ${scope.twinId} and key = ${key} and expires_at > ${utcNow}`.execute(db);
  return rows[0]?.value;
}

/** Keeps a value under a key for `ttlSeconds`, in place of what was there. */
export async function setDatabaseValue(
  db: Db,
  scope: TwinScope,
  { key, value, ttlSeconds }: { key: string; value: string; ttlSeconds: number },
): Promise<void> {
  await sql`${namedStatement('set-cache-value')}
    insert into database_cache (twin_id, key, value, expires_at)
    values (${scope.twinId}, ${key}, ${value}, ${utcNow} + make_interval(secs => ${ttlSeconds}))
    on conflict (twin_id, key) do update set value = excluded.value, expires_at = excluded.expires_at, imported = false`.execute(
    db,
  );
}

/** False when nothing was kept under the key. */
export async function deleteDatabaseValue(db: Db, scope: TwinScope, key: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('database_cache')
    .where('twin_id', '=', scope.twinId)
    .where('key', '=', key)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes every value whose key begins so. */
export async function deleteDatabaseValues(db: Db, scope: TwinScope, keyPrefix: string): Promise<void> {
  await db
    .deleteFrom('database_cache')
    .where('twin_id', '=', scope.twinId)
    .where((eb) => eb.fn<boolean>('starts_with', ['key', eb.val(keyPrefix)]))
    .execute();
}

/** What keys and values of one twin's cache may take. */
export const CACHE_BYTES_MAX = 64 * 1024 * 1024;
/** Of one statement: few enough that nobody waits for their locks. */
const EVICTED_ROWS_MAX = 1_000;

/**
 * Evicts until keys and values take `bytesMax` at most: what an import brought first, then what was kept here, and of each
 * what expires first. Returns how many went. In batches that each stand alone; several processes may do so at once.
 */
export async function trimCache(db: Db, scope: TwinScope, bytesMax = CACHE_BYTES_MAX): Promise<number> {
  let evicted = 0;
  for (;;) {
    const { numAffectedRows } = await evictSurplus(scope, { bytesMax, rowsMax: EVICTED_ROWS_MAX }).execute(db);
    evicted += Number(numAffectedRows ?? 0);
    if (numAffectedRows !== BigInt(EVICTED_ROWS_MAX)) return evicted;
  }
}

/**
 * One batch of `trimCache`. By when a value expires, and not by when it was last read: a read then writes nothing. Values
 * that another process is evicting are left to it.
 */
export function evictSurplus(
  scope: TwinScope,
  { bytesMax, rowsMax }: { bytesMax: number; rowsMax: number },
): RawBuilder<unknown> {
  return sql`
    with kept as materialized (
      select key, octet_length(key) + octet_length(value) as bytes, expires_at, imported
      from database_cache where twin_id = ${scope.twinId}
    ),
    surplus as (
      select key from (
        select key, sum(bytes) over (order by imported desc, expires_at, key) - bytes as bytes_before from kept
      ) as in_order
      where bytes_before < (select sum(bytes) - ${bytesMax} from kept)
      order by bytes_before limit ${rowsMax}
    )
    delete from database_cache where twin_id = ${scope.twinId} and key in (
      select key from database_cache
      where twin_id = ${scope.twinId} and key in (select key from surplus)
      for update skip locked
    )`;
}

/** How much is kept and still valid; `bytes` counts keys and values. */
export async function countCacheValues(db: Db, scope: TwinScope): Promise<{ entries: number; bytes: number }> {
  const { rows } = await sql<{ entries: number; bytes: number }>`
    select count(*) as entries, coalesce(sum(octet_length(key) + octet_length(value)), 0)::bigint as bytes
    from database_cache
    where twin_id = ${scope.twinId} and expires_at > ${utcNow}`.execute(db);
  return rows[0] ?? { entries: 0, bytes: 0 };
}
