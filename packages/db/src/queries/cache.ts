import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/** The table keeps UTC without a zone. */
const utcNow: RawBuilder<Date> = sql<Date>`statement_timestamp() at time zone 'utc'`;

/** The value kept under a key, undefined once its time is over. */
export async function getDatabaseValue(db: Db, scope: TwinScope, key: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('database_cache')
    .select('value')
    .where('twin_id', '=', scope.twinId)
    .where('key', '=', key)
    .where('expires_at', '>', utcNow)
    .executeTakeFirst();
  return row?.value;
}

/** Keeps a value under a key for `ttlSeconds`, in place of what was there. */
export async function setDatabaseValue(
  db: Db,
  scope: TwinScope,
  { key, value, ttlSeconds }: { key: string; value: string; ttlSeconds: number },
): Promise<void> {
  const expiresAt = sql<Date>`${utcNow} + make_interval(secs => ${ttlSeconds})`;
  await db
    .insertInto('database_cache')
    .values({ twin_id: scope.twinId, key, value, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict.columns(['twin_id', 'key']).doUpdateSet({
        value: (row) => row.ref('excluded.value'),
        expires_at: (row) => row.ref('excluded.expires_at'),
      }),
    )
    .execute();
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

/** Evicts until keys and values take `bytesMax` at most, what expires first going first; returns how many went. */
export async function trimCache(db: Db, scope: TwinScope, bytesMax: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from database_cache where twin_id = ${scope.twinId} and key in (
      select key from (
        select key, sum(octet_length(key) + octet_length(value)) over (order by expires_at desc, key) as bytes
        from database_cache where twin_id = ${scope.twinId}
      ) kept
      where bytes > ${bytesMax}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** How much is kept and still valid; `bytes` counts keys and values. */
export async function countCacheValues(db: Db, scope: TwinScope): Promise<{ entries: number; bytes: number }> {
  const { rows } = await sql<{ entries: number; bytes: number }>`
    select count(*) as entries, coalesce(sum(octet_length(key) + octet_length(value)), 0)::bigint as bytes
    from database_cache
    where twin_id = ${scope.twinId} and expires_at > ${utcNow}`.execute(db);
  return rows[0] ?? { entries: 0, bytes: 0 };
}
