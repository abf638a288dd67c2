import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { VersionVisibility } from '../schema.ts';
import type { TwinScope } from '../scope.ts';
import { insertEmbeddings } from './insert-embeddings.ts';

export interface TestDocument {
  id: string;
  /** The id when it is left out. */
  title?: string;
  /** One chunk each; the canonical text joins them with blank lines. */
  paragraphs: readonly string[];
  /** Vectors of a registered model, one per paragraph. */
  embeddings?: { modelId: number; vectors: readonly Float32Array[] };
  visibility?: VersionVisibility;
}

export interface InsertedTestDocument {
  versionId: number;
  canonicalText: string;
  chunkIds: number[];
}

/** A document as ingestion leaves it: one live version, searchable. For tests of what comes after ingestion. */
export async function insertTestDocument(
  db: Db,
  scope: TwinScope,
  { id, title = id, paragraphs, embeddings, visibility = 'live' }: TestDocument,
): Promise<InsertedTestDocument> {
  const canonicalText = paragraphs.join('\n\n');
  return await db.transaction().execute(async (tx) => {
    await sql`insert into document (twin_id, id, title, origin) values (${scope.twinId}, ${id}, ${title}, 'upload')`.execute(
      tx,
    );
    const { rows } = await sql<{ id: number }>`
      insert into document_version (twin_id, document_id, version_number, content_sha256, file_name, byte_size, stage,
        visibility, character_count, chunk_count, language)
      values (${scope.twinId}, ${id}, 1, sha256(${id}::bytea), ${`${id}.txt`}, ${canonicalText.length}, 'ready',
        ${visibility}, ${canonicalText.length}, ${paragraphs.length}, text_language(${canonicalText})::text)
      returning id`.execute(tx);
    const versionId = rows[0]?.id ?? 0;
    const language = sql`(select language::regconfig from document_version where id = ${versionId})`;
    const liveVersionId = visibility === 'live' ? versionId : null;
    await sql`update document set live_version_id = ${liveVersionId} where twin_id = ${scope.twinId} and id = ${id}`.execute(
      tx,
    );
    await sql`insert into document_text (twin_id, version_id, canonical_text, blocks)
      values (${scope.twinId}, ${versionId}, ${canonicalText}, '[]')`.execute(tx);
    const chunkIds: number[] = [];
    let start = 0;
    for (const [ordinal, content] of paragraphs.entries()) {
      const inserted = await sql<{ id: number }>`
        insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
        values (${scope.twinId}, ${id}, ${versionId}, ${ordinal}, ${start}, ${start + content.length}, ${content}, 1,
          setweight(text_words(${title}, ${language}), 'A') || setweight(text_words(${content}, ${language}), 'B'))
        returning id`.execute(tx);
      chunkIds.push(inserted.rows[0]?.id ?? 0);
      start += content.length + 2;
    }
    if (embeddings) {
      const rowsToInsert = chunkIds.map((chunkId, index) => {
        return { chunkId, versionId, embedding: embeddings.vectors[index] ?? new Float32Array() };
      });
      await insertEmbeddings(tx, scope, embeddings.modelId, rowsToInsert);
    }
    return { versionId, canonicalText, chunkIds };
  });
}
