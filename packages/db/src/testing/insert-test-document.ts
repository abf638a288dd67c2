import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { VersionVisibility } from '../schema.ts';
import type { TwinScope } from '../scope.ts';

export interface TestDocument {
  documentId: string;
  versionId: number;
  /** In the order of `chunks`. */
  chunkIds: number[];
}

/** A document with one version and these chunks, written straight to the tables: for tests of what reads them. */
export async function insertTestDocument(
  db: Db,
  scope: TwinScope,
  {
    id,
    title = id,
    chunks,
    visibility = 'live',
  }: { id: string; title?: string; chunks: string[]; visibility?: VersionVisibility },
): Promise<TestDocument> {
  const twin = { twin_id: scope.twinId };
  const version = await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('document')
      .values({ ...twin, id, title, origin: 'upload', live_version_id: null, deleted_at: null })
      .execute();
    const inserted = await tx
      .insertInto('document_version')
      .values({
        ...twin,
        document_id: id,
        version_number: 1,
        blob_id: null,
        content_sha256: randomBytes(32),
        file_name: `${id}.txt`,
        media_type: 'text/plain',
        byte_size: 1,
        stage: 'ready',
        visibility,
        failed_stage: null,
        error_code: null,
        error_message: null,
        page_count: null,
        character_count: null,
        chunk_count: chunks.length,
        started_at: null,
        finished_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('document')
      .set({ live_version_id: visibility === 'live' ? inserted.id : null })
      .where('id', '=', id)
      .execute();
    return inserted;
  });
  const chunkIds = await insertChunks(db, scope, { documentId: id, title, versionId: version.id, chunks });
  return { documentId: id, versionId: version.id, chunkIds };
}

async function insertChunks(
  db: Db,
  scope: TwinScope,
  { documentId, title, versionId, chunks }: { documentId: string; title: string; versionId: number; chunks: string[] },
): Promise<number[]> {
  let offset = 0;
  const rows = chunks.map((content, ordinal) => {
    const start = offset;
    offset += content.length + 2;
    return {
      twin_id: scope.twinId,
      document_id: documentId,
      version_id: versionId,
      ordinal,
      start_offset: start,
      end_offset: start + content.length,
      page_from: null,
      page_to: null,
      heading_path: [],
      content,
      token_count: 1,
      tsv: sql<string>`setweight(to_tsvector('english', ${title}), 'A') || setweight(to_tsvector('english', ${content}), 'B')`,
    };
  });
  const inserted = await db.insertInto('chunk').values(rows).returning(['id', 'ordinal']).execute();
  return inserted.toSorted((a, b) => a.ordinal - b.ordinal).map((row) => row.id);
}
