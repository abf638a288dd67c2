import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface NewChunk {
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: readonly string[];
  content: string;
  tokenCount: number;
  /** Of what will be embedded. */
  embeddedSha256: Uint8Array;
}

/**
 * Adds chunks of a version, a few hundred at most in one call, and says how many; one that is there already is left alone.
 * Words of the title and the headings weigh more (A) than those of the passage (B); they are those of the
 * version's language.
 */
export async function insertChunks(
  tx: Tx,
  scope: TwinScope,
  version: { documentId: string; versionId: number; title: string },
  chunks: readonly NewChunk[],
): Promise<number> {
  if (chunks.length === 0) {
    return 0;
  }
  const language = sql`(
    select language::regconfig from document_version where twin_id = ${scope.twinId} and id = ${version.versionId})`;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('chunk')
    .values(
      chunks.map((chunk) => {
        const context = [version.title, ...chunk.headingPath].join('\n');
        return {
          twin_id: scope.twinId,
          document_id: version.documentId,
          version_id: version.versionId,
          ordinal: chunk.ordinal,
          start_offset: chunk.startOffset,
          end_offset: chunk.endOffset,
          page_from: chunk.pageFrom,
          page_to: chunk.pageTo,
          heading_path: [...chunk.headingPath],
          content: chunk.content,
          token_count: chunk.tokenCount,
          embedded_sha256: chunk.embeddedSha256,
          tsv: sql<string>`setweight(text_words(${context}, ${language}), 'A')
            || setweight(text_words(${chunk.content}, ${language}), 'B')`,
        };
      }),
    )
    .onConflict((conflict) => conflict.columns(['twin_id', 'version_id', 'ordinal']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}

/** Where a chunk stands in its document's text, and whether it may answer. */
export interface ChunkSpan {
  id: number;
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: string[];
  enabled: boolean;
}

/** In reading order. */
export async function listChunkSpans(db: Db, scope: TwinScope, versionId: number): Promise<ChunkSpan[]> {
  return await db
    .selectFrom('chunk')
    .select([
      'id',
      'ordinal',
      'start_offset as startOffset',
      'end_offset as endOffset',
      'page_from as pageFrom',
      'page_to as pageTo',
      'heading_path as headingPath',
      'enabled',
    ])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .orderBy('ordinal')
    .execute();
}

export async function countChunks(db: Db, scope: TwinScope, versionId: number): Promise<number> {
  const { count } = await db
    .selectFrom('chunk')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .executeTakeFirstOrThrow();
  return count;
}

/** With their vectors, in every model's table. */
export async function deleteChunks(tx: Tx, scope: TwinScope, versionIds: readonly number[]): Promise<void> {
  if (versionIds.length === 0) {
    return;
  }
  await tx.deleteFrom('chunk').where('twin_id', '=', scope.twinId).where('version_id', 'in', versionIds).execute();
}
