import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface ImportedItem {
  /** Its id at the source. */
  itemId: string;
  outcome: string;
  /** Its id here; null when it was left out. */
  targetId: string | null;
  checksum: Uint8Array;
  /** Of a value of the cache: milliseconds since the epoch. Written only. */
  expiresAt?: number;
}

/** What an import knows of these items, by their ids at the source. */
export async function listImportedItems(
  db: Db,
  scope: TwinScope,
  source: string,
  itemIds: readonly string[],
): Promise<Map<string, ImportedItem>> {
  const { rows } = await sql<ImportedItem>`
    select item_id as "itemId", outcome, target_id as "targetId", checksum from imported_item
    where twin_id = ${scope.twinId} and source = ${source} and item_id = any (${[...itemIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.itemId, row]));
}

/** An item that became the vector of this id here. */
export interface TargetOwner {
  source: string;
  itemId: string;
  targetId: string;
  checksum: Uint8Array;
}

/** Which items of any source have become these vectors. */
export async function listTargetOwners(db: Db, scope: TwinScope, targetIds: readonly string[]): Promise<TargetOwner[]> {
  const { rows } = await sql<TargetOwner>`
    select source, item_id as "itemId", target_id as "targetId", checksum from imported_item
    where twin_id = ${scope.twinId} and target_id = any (${[...targetIds]}::text[])
    order by source, item_id`.execute(db);
  return rows;
}

/** The sources that items have come from and whose name starts so, in order, with how many came from each. */
export async function listImportSources(
  db: Db,
  scope: TwinScope,
  prefix: string,
): Promise<{ source: string; itemCount: number }[]> {
  const { rows } = await sql<{ source: string; itemCount: number }>`
    select source, count(*) as "itemCount" from imported_item
    where twin_id = ${scope.twinId} and starts_with(source, ${prefix}) group by source order by source`.execute(db);
  return rows;
}

/** Records what became of a page's items in this pass; of several with one id the last counts. */
export async function upsertImportedItems(
  db: Db,
  scope: TwinScope,
  source: string,
  pass: number,
  items: readonly ImportedItem[],
): Promise<void> {
  const distinct = [...new Map(items.map((item) => [item.itemId, item])).values()];
  await sql`
    insert into imported_item (twin_id, source, item_id, outcome, target_id, checksum, pass, expires_at)
    select ${scope.twinId}, ${source}, item.id, item.outcome, item.target, decode(item.checksum, 'hex'), ${pass}::integer,
      to_timestamp(item.expires_at / 1000)
    from unnest(${distinct.map(({ itemId }) => itemId)}::text[], ${distinct.map(({ outcome }) => outcome)}::text[],
      ${distinct.map(({ targetId }) => targetId)}::text[],
      ${distinct.map(({ checksum }) => Buffer.from(checksum).toString('hex'))}::text[],
      ${distinct.map(({ expiresAt }) => expiresAt ?? null)}::float8[])
      as item (id, outcome, target, checksum, expires_at)
    on conflict (twin_id, source, item_id) do update
      set outcome = excluded.outcome, target_id = excluded.target_id, checksum = excluded.checksum, pass = excluded.pass,
        expires_at = excluded.expires_at`.execute(db);
}

/** How many items had which outcome, over all passes. */
export async function countImportedItems(db: Db, scope: TwinScope, source: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ outcome: string; count: number }>`
    select outcome, count(*) as count from imported_item
    where twin_id = ${scope.twinId} and source = ${source} group by outcome order by outcome`.execute(db);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Values that this pass brought, whichever process did, that are not over and yet not in the cache: it had no room for them. */
export async function countUncachedItems(db: Db, scope: TwinScope, source: string, pass: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from imported_item i
    where twin_id = ${scope.twinId} and source = ${source} and pass = ${pass} and outcome = 'cache' and expires_at > now()
      and not exists (select from database_cache c where c.twin_id = i.twin_id and c.key = i.target_id)`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Items that an earlier pass brought and this one has not met, by id; the next ones are asked for with `afterId`. */
export async function listMissedItems(
  db: Db,
  scope: TwinScope,
  source: string,
  { pass, afterId, limit }: { pass: number; afterId: string; limit: number },
): Promise<{ itemId: string; targetId: string | null }[]> {
  return await db
    .selectFrom('imported_item')
    .select(['item_id as itemId', 'target_id as targetId'])
    .where('twin_id', '=', scope.twinId)
    .where('source', '=', source)
    .where('pass', '<', pass)
    .where('item_id', '>', afterId)
    .orderBy('item_id')
    .limit(limit)
    .execute();
}

/** Forgets items; what they became stays as it is. */
export async function deleteImportedItems(
  db: Db,
  scope: TwinScope,
  source: string,
  itemIds: readonly string[],
): Promise<void> {
  await sql`
    delete from imported_item
    where twin_id = ${scope.twinId} and source = ${source} and item_id = any (${[...itemIds]}::text[])`.execute(db);
}

/** Items that were taken over, any of them, `limit` at most. */
export async function listImportedSample(
  db: Db,
  scope: TwinScope,
  source: string,
  limit: number,
): Promise<{ itemId: string; targetId: string }[]> {
  const { rows } = await sql<{ itemId: string; targetId: string }>`
    select item_id as "itemId", target_id as "targetId" from imported_item
    where twin_id = ${scope.twinId} and source = ${source} and target_id is not null
    order by random() limit ${limit}`.execute(db);
  return rows;
}
