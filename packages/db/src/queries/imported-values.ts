import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface ExpiringValue {
  key: string;
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const expiry = sql`to_timestamp(given.expires_at / 1000) at time zone 'utc'`;

/** Keeps values in the cache until the moments they expire at where they come from, in place of what was there. */
export async function upsertCacheValues(db: Db, scope: TwinScope, values: readonly ExpiringValue[]): Promise<void> {
  await sql`
    insert into database_cache (twin_id, key, value, expires_at)
    select ${scope.twinId}, given.key, given.value, ${expiry}
    from unnest(${values.map(({ key }) => key)}::text[], ${values.map(({ value }) => value)}::text[],
      ${values.map(({ expiresAt }) => expiresAt)}::float8[]) as given (key, value, expires_at)
    on conflict (twin_id, key) do update set value = excluded.value, expires_at = excluded.expires_at`.execute(db);
}

/** Takes over counted calls. A window that ends later is the newer one; of the same window the higher count holds. */
export async function upsertRateLimitCounts(
  db: Db,
  scope: TwinScope,
  counts: readonly { key: string; count: number; expiresAt: number }[],
): Promise<void> {
  await sql`
    insert into rate_limits as r (twin_id, key, count, expires_at)
    select distinct on (given.key) ${scope.twinId}::integer, given.key, given.count, ${expiry}
    from unnest(${counts.map(({ key }) => key)}::text[], ${counts.map(({ count }) => count)}::integer[],
      ${counts.map(({ expiresAt }) => expiresAt)}::float8[]) as given (key, count, expires_at)
    order by given.key, given.expires_at desc
    on conflict (twin_id, key) do update set
      count = case when excluded.expires_at > r.expires_at + interval '1 s' then excluded.count
        else greatest(r.count, excluded.count) end,
      expires_at = greatest(r.expires_at, excluded.expires_at)`.execute(db);
}

/** Takes over the record of ingest calls; one that is here already stays as it is. */
export async function insertImportedIngestions(
  db: Db,
  scope: TwinScope,
  ingestions: readonly {
    id: string;
    userId: string;
    documents: readonly unknown[];
    documentCount: number;
    /** Milliseconds since the epoch. */
    createdAt: number;
    expiresAt: number;
  }[],
): Promise<void> {
  for (const { id, userId, documents, documentCount, createdAt, expiresAt } of ingestions) {
    await sql`
      insert into ingestion_metadata (twin_id, id, user_id, document_count, documents, expires_at, created_at)
      values (${scope.twinId}, ${id}, ${userId}, ${documentCount}, ${JSON.stringify(documents)}::jsonb,
        to_timestamp(${expiresAt}::float8 / 1000) at time zone 'utc', to_timestamp(${createdAt}::float8 / 1000))
      on conflict (twin_id, id) do nothing`.execute(db);
  }
}

/** What the cache keeps under these keys, with the moments they expire at (milliseconds since the epoch). */
export async function listCacheValues(db: Db, scope: TwinScope, keys: readonly string[]): Promise<ExpiringValue[]> {
  const { rows } = await sql<ExpiringValue>`
    select key, value, extract(epoch from expires_at at time zone 'utc')::float8 * 1000 as "expiresAt"
    from database_cache where twin_id = ${scope.twinId} and key = any (${[...keys]}::text[])`.execute(db);
  return rows;
}
