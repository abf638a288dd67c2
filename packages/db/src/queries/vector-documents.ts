import { sql } from 'kysely';
import { type Db, inTransaction, type Tx } from '../db.ts';
import { placeOfVectorId } from '../place-of-vector-id.ts';
import type { TwinScope } from '../scope.ts';
import { VectorRefusal } from '../vector-refusal.ts';
import { lockAcceptance } from './acceptance.ts';
import { incrementCorpusVersion } from './twins.ts';

/**
 * Deletes vectors that `upsertVectors` added; a document goes with its last one, unless a file waits to take its place.
 * Returns how many there were. On a transaction it is a part of that, which a refusal ends.
 *
 * @throws VectorRefusal `has-file` when an id names a passage of a document that came as a file: delete the document.
 */
export async function deleteVectors(db: Db, scope: TwinScope, ids: readonly string[]): Promise<number> {
  return await inTransaction(db, async (tx) => {
    await lockAcceptance(tx, scope);
    const ofFile = await findIdOfFile(tx, scope, ids);
    if (ofFile !== undefined) {
      throw new VectorRefusal('has-file', `“${ofFile}” belongs to a document that came as a file.`);
    }
    return await removeVectors(tx, scope, ids);
  });
}

/**
 * `deleteVectors` for those of these that no imported item has become any more. What a file has taken the place of stays as
 * it is. Returns how many there were.
 */
export async function deleteReleasedVectors(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  await lockAcceptance(tx, scope);
  const { rows } = await sql<{ id: string }>`
    select released.id from unnest(${[...ids]}::text[]) as released (id)
    where exists (select from chunk where twin_id = ${scope.twinId} and vector_id = released.id)
      and not exists (select from imported_item where twin_id = ${scope.twinId} and target_id = released.id)`.execute(
    tx,
  );
  if (rows.length === 0) return 0;
  return await deleteVectors(
    tx,
    scope,
    rows.map(({ id }) => id),
  );
}

/** The first of these ids that names a searchable passage which came with a file, and so without an id of its own. */
async function findIdOfFile(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<string | undefined> {
  const places = ids.flatMap((id) => {
    const place = placeOfVectorId(id);
    return place === undefined ? [] : [{ id, ...place }];
  });
  if (places.length === 0) return undefined;
  const { rows } = await sql<{ id: string }>`
    select wanted.id
    from unnest(${places.map(({ id }) => id)}::text[], ${places.map(({ documentId }) => documentId)}::text[],
      ${places.map(({ ordinal }) => ordinal)}::integer[]) as wanted (id, document_id, ordinal)
    join document d on d.twin_id = ${scope.twinId} and d.id = wanted.document_id and d.deleted_at is null
    join chunk c on c.twin_id = d.twin_id and c.version_id = d.live_version_id and c.ordinal = wanted.ordinal
    where c.vector_id is null
      and not exists (select from chunk named where named.twin_id = ${scope.twinId} and named.vector_id = wanted.id)
    limit 1`.execute(tx);
  return rows[0]?.id;
}

/** Those that came as vectors; a passage of a file has no such id. */
async function removeVectors(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<number> {
  // The documents before the passages, as a file that takes their place locks them: in turn, neither waits for the other.
  await sql`
    select from document where twin_id = ${scope.twinId} and id in (
      select document_id from chunk where twin_id = ${scope.twinId} and vector_id = any (${[...ids]}::text[]))
    order by id for update`.execute(tx);
  const { rows } = await sql<{ versionId: number }>`
    delete from chunk where twin_id = ${scope.twinId} and vector_id = any (${[...ids]}::text[])
    returning version_id as "versionId"`.execute(tx);
  if (rows.length === 0) return 0;
  const versionIds = [...new Set(rows.map(({ versionId }) => versionId))];
  await sql`select rebuild_vector_documents(${scope.twinId}, ${versionIds}::bigint[])`.execute(tx);
  await incrementCorpusVersion(tx, scope);
  return rows.length;
}
