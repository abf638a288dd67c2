import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { embeddingTable, listEmbeddingModels } from './embedding-models.ts';

interface VersionPair {
  /** Of the chunks that are new. */
  versionId: number;
  /** Of the chunks whose vectors and switches are taken over. */
  fromVersionId: number;
}

/** A chunk without a vector, and one that says the same under the same headings and has one. */
export interface KeptVector {
  chunkId: number;
  keptChunkId: number;
}

/** The chunks of a version whose vectors the other one has already, in reading order. */
export async function listKeptVectors(
  db: Db,
  scope: TwinScope,
  { modelId, versionId, fromVersionId }: VersionPair & { modelId: number },
): Promise<KeptVector[]> {
  const { rows } = await sql<KeptVector>`
    select distinct on (c.ordinal) c.id as "chunkId", kept.id as "keptChunkId"
    from chunk c
    join chunk kept on kept.twin_id = c.twin_id and kept.version_id = ${fromVersionId}
      and kept.embedded_sha256 = c.embedded_sha256
    join ${embeddingTable(modelId)} e on e.twin_id = kept.twin_id and e.chunk_id = kept.id
    where c.twin_id = ${scope.twinId} and c.version_id = ${versionId}
      and not exists (select from ${embeddingTable(modelId)} own where own.twin_id = c.twin_id and own.chunk_id = c.id)
    order by c.ordinal`.execute(db);
  return rows;
}

/** Gives each of some chunks the vector of another one, unless it has one. Returns how many got one. */
export async function copyEmbeddings(
  tx: Tx,
  scope: TwinScope,
  { modelId, versionId, vectors }: { modelId: number; versionId: number; vectors: readonly KeptVector[] },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into ${embeddingTable(modelId)} (twin_id, chunk_id, version_id, embedding)
    select e.twin_id, given.chunk_id, ${versionId}, e.embedding
    from unnest(${vectors.map(({ chunkId }) => chunkId)}::bigint[], ${vectors.map(({ keptChunkId }) => keptChunkId)}::bigint[])
      as given (chunk_id, kept_id)
    join ${embeddingTable(modelId)} e on e.twin_id = ${scope.twinId} and e.chunk_id = given.kept_id
    on conflict (twin_id, chunk_id) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Switches off each chunk that says the same as one that is switched off in the other version. */
export async function copyDisabledChunks(
  tx: Tx,
  scope: TwinScope,
  { versionId, fromVersionId }: VersionPair,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select distinct c.id
    from chunk kept
    join chunk c on c.twin_id = kept.twin_id and c.version_id = ${versionId} and c.embedded_sha256 = kept.embedded_sha256
    where kept.twin_id = ${scope.twinId} and kept.version_id = ${fromVersionId} and not kept.enabled`.execute(tx);
  await updateChunksEnabled(
    tx,
    scope,
    rows.map(({ id }) => id),
    false,
  );
}

/** Switches chunks on or off: for their words and for their vectors of every model. */
export async function updateChunksEnabled(
  tx: Tx,
  scope: TwinScope,
  chunkIds: readonly number[],
  enabled: boolean,
): Promise<void> {
  if (chunkIds.length === 0) return;
  const ids = sql`any (${[...chunkIds]}::bigint[])`;
  await sql`update chunk set enabled = ${enabled} where twin_id = ${scope.twinId} and id = ${ids}`.execute(tx);
  await sql`update chunk_words set enabled = ${enabled} where twin_id = ${scope.twinId} and chunk_id = ${ids}`.execute(
    tx,
  );
  for (const { id } of await listEmbeddingModels(tx)) {
    await sql`update ${embeddingTable(id)} set enabled = ${enabled}
      where twin_id = ${scope.twinId} and chunk_id = ${ids}`.execute(tx);
  }
}

/** The version that a chunk belongs to, if it is this document's. */
export async function findChunkVersion(
  db: Db,
  scope: TwinScope,
  { chunkId, documentId }: { chunkId: number; documentId: string },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('chunk')
    .select('version_id')
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', chunkId)
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row?.version_id;
}
