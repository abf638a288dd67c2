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

/**
 * Keeps values in the cache until the moments they expire at where they come from, in place of what was there. They are
 * marked as imported: of a cache that is full they go first.
 */
export async function upsertCacheValues(db: Db, scope: TwinScope, values: readonly ExpiringValue[]): Promise<void> {
  await sql`
    insert into database_cache (twin_id, key, value, expires_at, imported)
    select ${scope.twinId}, given.key, given.value, ${expiry}, true
    from unnest(${values.map(({ key }) => key)}::text[], ${values.map(({ value }) => value)}::text[],
      ${values.map(({ expiresAt }) => expiresAt)}::float8[]) as given (key, value, expires_at)
    on conflict (twin_id, key) do update
      set value = excluded.value, expires_at = excluded.expires_at, imported = excluded.imported`.execute(db);
}

/**
 * Takes over counted calls. A window that ends later is the newer one, and an older one changes nothing; of the same window,
 * whose end is known give or take `slackMs`, the higher count holds. Returns how many were not here yet.
 */
export async function upsertRateLimitCounts(
  db: Db,
  scope: TwinScope,
  counts: readonly { key: string; count: number; expiresAt: number }[],
  slackMs: number,
): Promise<number> {
  const slack = sql`make_interval(secs => ${slackMs / 1000})`;
  const isNewer = sql`excluded.expires_at > r.expires_at + ${slack}`;
  const { numAffectedRows } = await sql`
    insert into rate_limits as r (twin_id, key, count, expires_at)
    select distinct on (given.key) ${scope.twinId}::integer, given.key, given.count, ${expiry}
    from unnest(${counts.map(({ key }) => key)}::text[], ${counts.map(({ count }) => count)}::integer[],
      ${counts.map(({ expiresAt }) => expiresAt)}::float8[]) as given (key, count, expires_at)
    order by given.key, given.expires_at desc
    on conflict (twin_id, key) do update set
      count = case when ${isNewer} then excluded.count else greatest(r.count, excluded.count) end,
      expires_at = greatest(r.expires_at, excluded.expires_at)
    where ${isNewer} or (excluded.expires_at >= r.expires_at - ${slack} and excluded.count > r.count)`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export interface ImportedIngestion {
  id: string;
  userId: string;
  documents: readonly unknown[];
  documentCount: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
  expiresAt: number;
}

/**
 * Of a document that has been erased here a record keeps no title (`eraseFromIngestions`), and gets none back, nor metadata:
 * the source goes on saying what it said.
 */
const documentsWithoutErased = sql`(
  select coalesce(jsonb_agg(
    case when exists (select from jsonb_array_elements(r.documents) as own (entry)
      where own.entry ->> 'id' = said.entry ->> 'id' and own.entry -> 'title' is null)
    then said.entry - 'title' - 'metadata' else said.entry end order by said.place), '[]')
  from jsonb_array_elements(excluded.documents) with ordinality as said (entry, place))`;

/**
 * Takes over the records of ingest calls, in place of what an earlier pass brought; what erasing documents has taken out of
 * that stays out. Returns how many were not here like that.
 */
export async function upsertImportedIngestions(
  db: Db,
  scope: TwinScope,
  ingestions: readonly ImportedIngestion[],
): Promise<number> {
  let written = 0n;
  for (const { id, userId, documents, documentCount, createdAt, expiresAt } of ingestions) {
    const { numAffectedRows } = await sql`
      insert into ingestion_metadata as r (twin_id, id, user_id, document_count, documents, expires_at, created_at)
      values (${scope.twinId}, ${id}, ${userId}, ${documentCount}, ${JSON.stringify(documents)}::jsonb,
        to_timestamp(${expiresAt}::float8 / 1000) at time zone 'utc', to_timestamp(${createdAt}::float8 / 1000))
      on conflict (twin_id, id) do update set user_id = excluded.user_id, document_count = excluded.document_count,
        documents = ${documentsWithoutErased}, expires_at = excluded.expires_at
      where (r.user_id, r.document_count, r.documents)
        is distinct from (excluded.user_id, excluded.document_count, ${documentsWithoutErased})`.execute(db);
    written += numAffectedRows ?? 0n;
  }
  return Number(written);
}

/** The records of ingest calls with these ids. */
export async function listIngestionRecords(
  db: Db,
  scope: TwinScope,
  ids: readonly string[],
): Promise<{ id: string; userId: string; documents: unknown; documentCount: number }[]> {
  return await db
    .selectFrom('ingestion_metadata')
    .select(['id', 'user_id as userId', 'documents', 'document_count as documentCount'])
    .where('twin_id', '=', scope.twinId)
    .where((eb) => eb('id', '=', eb.fn.any(sql<string[]>`${[...ids]}::text[]`)))
    .execute();
}

/** The calls counted under these keys, in windows that end at `expiresAt` (milliseconds since the epoch), over or not. */
export async function listRateLimitCounts(
  db: Db,
  scope: TwinScope,
  keys: readonly string[],
): Promise<{ key: string; count: number; expiresAt: number }[]> {
  const { rows } = await sql<{ key: string; count: number; expiresAt: number }>`
    select key, count, extract(epoch from expires_at at time zone 'utc')::float8 * 1000 as "expiresAt"
    from rate_limits where twin_id = ${scope.twinId} and key = any (${[...keys]}::text[])`.execute(db);
  return rows;
}

/** What the cache keeps under these keys, with the moments they expire at (milliseconds since the epoch). */
export async function listCacheValues(db: Db, scope: TwinScope, keys: readonly string[]): Promise<ExpiringValue[]> {
  const { rows } = await sql<ExpiringValue>`
    select key, value, extract(epoch from expires_at at time zone 'utc')::float8 * 1000 as "expiresAt"
    from database_cache where twin_id = ${scope.twinId} and key = any (${[...keys]}::text[])`.execute(db);
  return rows;
}
