import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

/**
 * Takes documents out of lists, searches and answers at once; all they hold stays until they are erased. Returns which of
 * the ids were there, sorted.
 */
export async function markDocumentsDeleted(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<string[]> {
  return await turnDocuments(tx, scope, ids, {
    from: sql`deleted_at is null`,
    deletedAt: sql`now()`,
    visibility: 'hidden',
  });
}

/** When a document was deleted whose passages are going: it is not brought back, and whoever cleans up erases it. */
const erasing = sql<Date>`to_timestamp(0)`;

/** From here on a deleted document cannot be brought back. */
export async function markErasing(tx: Tx, scope: TwinScope, id: string): Promise<void> {
  await tx
    .updateTable('document')
    .set({ deleted_at: erasing })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .execute();
}

/** Undoes `markDocumentsDeleted` for what has not been erased yet. Returns which of the ids are back, sorted. */
export async function unmarkDocumentsDeleted(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<string[]> {
  return await turnDocuments(tx, scope, ids, {
    from: sql`deleted_at > ${erasing}`,
    deletedAt: sql`null`,
    visibility: 'live',
  });
}

async function turnDocuments(
  tx: Tx,
  scope: TwinScope,
  ids: readonly string[],
  to: { from: RawBuilder<unknown>; deletedAt: RawBuilder<unknown>; visibility: 'live' | 'hidden' },
): Promise<string[]> {
  // Locked in one order, so that two such calls never wait for each other.
  const { rows } = await sql<{ id: string }>`
    with there as (
      select id from document
      where twin_id = ${scope.twinId} and id = any (${[...ids]}::text[]) and ${to.from}
      order by id for update
    ),
    turned as (
      update document d set deleted_at = ${to.deletedAt}, updated_at = now()
      from there where d.twin_id = ${scope.twinId} and d.id = there.id
      returning d.id, d.live_version_id
    ),
    versions as (
      update document_version v set visibility = ${to.visibility}, updated_at = now()
      from turned where v.twin_id = ${scope.twinId} and v.id = turned.live_version_id
    )
    select id from turned order by id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Documents that were deleted in the last `seconds`, by the database's clock, and are not erased yet. */
export async function listJustDeletedIds(db: Db, scope: TwinScope, seconds: number): Promise<string[]> {
  const rows = await db
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('deleted_at', '>', sql<Date>`now() - make_interval(secs => ${seconds}::integer)`)
    .execute();
  return rows.map(({ id }) => id);
}

/** Documents that were deleted longer ago than `seconds` and are not erased yet, `limit` at most, locked until the end of `tx`. */
export async function lockDocumentsLeftDeleted(
  tx: Tx,
  scope: TwinScope,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('deleted_at', '<', sql<Date>`now() - make_interval(secs => ${seconds}::integer)`)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Locks the document until the end of `tx` if it was deleted at least `seconds` ago, by the database's clock. */
export async function lockDocumentDeletedSince(
  tx: Tx,
  scope: TwinScope,
  id: string,
  seconds: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', id)
    .where('deleted_at', '<=', sql<Date>`now() - make_interval(secs => ${seconds}::integer)`)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes documents with their files, versions, texts, chunks, words and vectors. Returns how many there were. */
export async function deleteDocuments(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  // In one order, before their files: an upload under the id of one that is being erased waits for that, and not that for it.
  await sql`select id from document where twin_id = ${scope.twinId} and id = any (${[...ids]}::text[])
    order by id for update`.execute(tx);
  await tx
    .deleteFrom('blob')
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('document_version')
        .select((row) => row.ref('blob_id').$notNull().as('blob_id'))
        .where('twin_id', '=', scope.twinId)
        .where('document_id', 'in', ids)
        .where('blob_id', 'is not', null),
    )
    .execute();
  const { numDeletedRows } = await tx
    .deleteFrom('document')
    .where('twin_id', '=', scope.twinId)
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
