import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { VectorRefusal } from '../vector-refusal.ts';
import { lockAcceptance } from './documents.ts';
import { incrementCorpusVersion } from './twins.ts';

/**
 * Deletes vectors that `upsertVectors` added; a document goes with its last one, unless a file waits to take its place.
 * Returns how many there were.
 *
 * @throws VectorRefusal `has-file` when an id names a passage of a document that came as a file: delete the document.
 */
export async function deleteVectors(db: Db, scope: TwinScope, ids: readonly string[]): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await lockAcceptance(tx, scope);
    const { rows: ofFiles } = await sql<{ id: string }>`
      select id from vectors where twin_id = ${scope.twinId} and id = any (${[...ids]}::text[])
        and not exists (select from chunk c where c.twin_id = ${scope.twinId} and c.vector_id = vectors.id)`.execute(
      tx,
    );
    if (ofFiles[0] !== undefined) {
      throw new VectorRefusal('has-file', `“${ofFiles[0].id}” belongs to a document that came as a file.`);
    }
    return await removeVectors(tx, scope, ids);
  });
}

/**
 * Deletes those of these vectors that no imported item has become any more. What a file has taken the place of stays as it
 * is. Returns how many there were.
 */
export async function deleteReleasedVectors(tx: Tx, scope: TwinScope, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  await lockAcceptance(tx, scope);
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${[...ids]}::text[]) as id
    where not exists (select from imported_item where twin_id = ${scope.twinId} and target_id = id)`.execute(tx);
  return await removeVectors(
    tx,
    scope,
    rows.map(({ id }) => id),
  );
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
