import { createHash } from 'node:crypto';
import type { Embedder } from '@twin/core/ports';
import { insertChunks } from '@twin/db/queries/chunks';
import { activateEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { insertEmbeddings } from '@twin/db/testing/insert-embeddings';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { sql } from 'kysely';
import { inBulk } from './in-bulk.ts';
import { makePassage } from './synthetic-text.ts';

const CHUNKS_PER_DOCUMENT = 100;

/** From so many missing chunks on they are indexed all at once: one by one, a million would take half a day. */
const BULK_CHUNKS_MIN = 100_000;

/** Adds documents of synthetic passages, through the queries that ingestion uses, until the library has this many chunks. */
export async function growLibrary(database: TestDatabase, embedder: Embedder, chunkCount: number): Promise<void> {
  const { db, home } = database;
  const named = { provider: embedder.provider, name: embedder.modelName, dimensions: embedder.dimensions ?? 0 };
  const model = await db.transaction().execute(async (tx) => {
    const registered = await registerEmbeddingModel(tx, home, named);
    return await activateEmbeddingModel(tx, registered.id);
  });
  const { rows } = await sql<{ count: number }>`select count(*) as count from chunk`.execute(db);
  const present = rows[0]?.count ?? 0;
  const isBulk = chunkCount - present >= BULK_CHUNKS_MIN;
  const fill = async () => {
    for (let first = present; first < chunkCount; first += CHUNKS_PER_DOCUMENT) {
      await addDocument(database, embedder, { modelId: model.id, first, isBulk });
    }
  };
  if (isBulk) await inBulk(database, model, fill);
  else await fill();
  await db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    await sql`vacuum analyze`.execute(session);
    await sql`reset statement_timeout`.execute(session);
  });
}

async function addDocument(
  { db, scope }: TestDatabase,
  embedder: Embedder,
  { modelId, first, isBulk }: { modelId: number; first: number; isBulk: boolean },
): Promise<void> {
  const passages = Array.from({ length: CHUNKS_PER_DOCUMENT }, (_, index) => makePassage(first + index));
  const vectors = await embedder.embed(passages, 'passage');
  const documentId = `synthetic-${first}`;
  const { versionId } = await insertTestDocument(db, scope, { id: documentId, paragraphs: [] });
  await db.transaction().execute(async (tx) => {
    // No trigger indexes them, and no foreign key is checked.
    if (isBulk) await sql`set local session_replication_role = replica`.execute(tx);
    const chunks = passages.map((content, ordinal) => ({
      ordinal,
      startOffset: 0,
      endOffset: content.length,
      pageFrom: null,
      pageTo: null,
      headingPath: [],
      content,
      tokenCount: 250,
      embeddedSha256: createHash('sha256').update(content).digest(),
    }));
    await insertChunks(tx, scope, { documentId, versionId, title: documentId }, chunks);
    const stored = await sql<{ id: number }>`
      select id from chunk where version_id = ${versionId} order by ordinal`.execute(tx);
    const embeddings = stored.rows.map(({ id }, index) => {
      return { chunkId: id, versionId, embedding: vectors[index] ?? new Float32Array() };
    });
    await insertEmbeddings(tx, scope, modelId, embeddings);
    await sql`update document_version set chunk_count = ${passages.length} where id = ${versionId}`.execute(tx);
  });
}
