import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DatabaseHandle } from '../client.ts';
import type { Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { VectorRefusal } from '../vector-refusal.ts';
import { deleteDocuments, listDeletedDocumentIds } from './deleted-documents.ts';
import { lockAcceptance, upsertDocument } from './documents.ts';
import { activateEmbeddingModel, findActiveEmbeddingModel, registerEmbeddingModel } from './embedding-models.ts';
import { insertEmbeddings } from './embeddings.ts';
import { incrementCorpusVersion } from './twins.ts';
import { rebuildVectorDocument } from './vector-documents.ts';

export interface NewVector {
  /** `<document>-chunk-<n>` is the nth passage of that document; any other id is a document of its own. */
  id: string;
  embedding: Float32Array;
  /** The passage, not empty. */
  content: string;
  /** `title` names the document; all of it is kept, shown in `metadata` and found by filters. */
  metadata?: Record<string, unknown>;
  /** The document's title, where the metadata does not hold it. */
  title?: string;
}

interface PlacedVector extends NewVector {
  documentId: string;
  ordinal: number;
}

/**
 * Adds vectors that were computed elsewhere, or replaces those with the same ids, in one transaction. They are documents
 * like others, without a file: listed, found by words and by meaning, cited and deleted. The first vectors ever make
 * their model the one that answers searches.
 *
 * @throws VectorRefusal `other-model` when the library's vectors come from another model or have another width,
 *   `has-file` when an id names a passage of a document that came as a file.
 */
export async function upsertVectors(
  { db, home }: Pick<DatabaseHandle, 'db' | 'home'>,
  scope: TwinScope,
  model: { provider: string; name: string },
  vectors: readonly NewVector[],
): Promise<void> {
  await db.transaction().execute(async (tx) => await upsertVectorsIn(tx, home, scope, model, vectors));
}

/** `upsertVectors` as a part of a larger transaction. */
export async function upsertVectorsIn(
  tx: Tx,
  home: DatabaseHandle['home'],
  scope: TwinScope,
  model: { provider: string; name: string },
  vectors: readonly NewVector[],
): Promise<void> {
  const [first] = vectors;
  if (first === undefined) return;
  // The last of several with one id wins, as if they had come one after another.
  const placed = [...new Map(vectors.map((vector) => [vector.id, placeVector(vector)])).values()];
  await lockAcceptance(tx, scope);
  const modelId = await findOrActivateModel(tx, home, { ...model, dimensions: first.embedding.length }, placed);
  const documentIds = placed.map(({ documentId }) => documentId);
  await deleteDocuments(tx, scope, await listDeletedDocumentIds(tx, scope, { ids: documentIds }));
  for (const [documentId, ofDocument] of Map.groupBy(placed, (vector) => vector.documentId)) {
    await upsertVectorDocument(tx, scope, modelId, documentId, ofDocument);
  }
  await incrementCorpusVersion(tx, scope);
}

function placeVector(vector: NewVector): PlacedVector {
  const [, documentId, ordinal] = /^(.+)-chunk-(\d{1,9})$/s.exec(vector.id) ?? [];
  return { ...vector, documentId: documentId ?? vector.id, ordinal: Number(ordinal ?? 0) };
}

async function findOrActivateModel(
  tx: Tx,
  home: DatabaseHandle['home'],
  model: { provider: string; name: string; dimensions: number },
  vectors: readonly NewVector[],
): Promise<number> {
  const odd = vectors.find(({ embedding }) => embedding.length !== model.dimensions);
  if (odd !== undefined) {
    throw new VectorRefusal(
      'other-model',
      `“${odd.id}” has ${odd.embedding.length} dimensions, not ${model.dimensions}.`,
    );
  }
  const active =
    (await findActiveEmbeddingModel(tx)) ??
    (await activateEmbeddingModel(tx, (await registerEmbeddingModel(tx, home, model)).id));
  if (active.provider !== model.provider || active.name !== model.name || active.dimensions !== model.dimensions) {
    const { name, dimensions } = active;
    throw new VectorRefusal(
      'other-model',
      `The library's vectors come from “${name}” (${dimensions} dimensions); these from “${model.name}” (${model.dimensions}).`,
    );
  }
  return active.id;
}

async function upsertVectorDocument(
  tx: Tx,
  scope: TwinScope,
  modelId: number,
  documentId: string,
  vectors: readonly PlacedVector[],
): Promise<void> {
  const title = vectors
    .map((vector) => vector.title ?? vector.metadata?.['title'])
    .find((found) => typeof found === 'string');
  const { liveVersionId, isNew } = await upsertDocument(tx, scope, {
    id: documentId,
    title,
    titleWhenNew: documentId,
    origin: 'rest',
  });
  const versionId = isNew
    ? await insertVectorVersion(tx, scope, documentId)
    : await findVectorVersion(tx, scope, documentId, liveVersionId);
  await sql`
    delete from chunk where twin_id = ${scope.twinId} and version_id = ${versionId}
      and ordinal = any (${vectors.map(({ ordinal }) => ordinal)}::integer[])`.execute(tx);
  const { rows } = await insertVectorChunks(tx, scope, { documentId, versionId, title: title ?? documentId }, vectors);
  const chunkIds = new Map(rows.map(({ id, ordinal }) => [ordinal, id]));
  await insertEmbeddings(
    tx,
    scope,
    modelId,
    vectors.map(({ ordinal, embedding }) => ({ chunkId: chunkIds.get(ordinal) ?? 0, versionId, embedding })),
  );
  await rebuildVectorDocument(tx, scope, documentId, versionId);
}

async function insertVectorVersion(tx: Tx, scope: TwinScope, documentId: string): Promise<number> {
  const { id } = await tx
    .insertInto('document_version')
    .values({
      twin_id: scope.twinId,
      document_id: documentId,
      version_number: 1,
      content_sha256: createHash('sha256').update(documentId).digest(),
      file_name: documentId,
      byte_size: 0,
      stage: 'ready',
      visibility: 'live',
      finished_at: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('document')
    .set({ live_version_id: id })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', documentId)
    .execute();
  return id;
}

async function findVectorVersion(
  tx: Tx,
  scope: TwinScope,
  documentId: string,
  liveVersionId: number | null,
): Promise<number> {
  const { fileless } = await tx
    .selectFrom('document_version')
    .select(({ fn }) => fn.countAll<number>().filterWhere('blob_id', 'is', null).as('fileless'))
    .where('twin_id', '=', scope.twinId)
    .where('document_id', '=', documentId)
    .where('id', '=', liveVersionId)
    .executeTakeFirstOrThrow();
  if (liveVersionId === null || fileless === 0) {
    throw new VectorRefusal('has-file', `“${documentId}” came as a file; its passages are made from it.`);
  }
  return liveVersionId;
}

async function insertVectorChunks(
  tx: Tx,
  scope: TwinScope,
  version: { documentId: string; versionId: number; title: string },
  vectors: readonly PlacedVector[],
): Promise<{ rows: { id: number; ordinal: number }[] }> {
  const rows = await tx
    .insertInto('chunk')
    .values(
      vectors.map(({ id, ordinal, content, metadata }) => ({
        twin_id: scope.twinId,
        document_id: version.documentId,
        version_id: version.versionId,
        ordinal,
        start_offset: 0,
        end_offset: content.length,
        heading_path: [],
        content,
        token_count: Math.ceil(content.length / 4),
        embedded_sha256: null,
        tsv: sql<string>`setweight(text_words(${version.title}), 'A') || setweight(text_words(${content}), 'B')`,
        vector_id: id,
        metadata: JSON.stringify(metadata ?? {}),
      })),
    )
    .returning(['id', 'ordinal'])
    .execute();
  return { rows };
}
