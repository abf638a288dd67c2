import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { VectorRefusal } from '../vector-refusal.ts';
import { deleteDocuments } from './deleted-documents.ts';
import { upsertDocumentText } from './document-texts.ts';
import { lockAcceptance } from './documents.ts';
import { incrementCorpusVersion } from './twins.ts';

/** Makes the text of a document without a file from its passages, which stand in it in order, a blank line apart. */
export async function rebuildVectorDocument(
  tx: Tx,
  scope: TwinScope,
  documentId: string,
  versionId: number,
): Promise<void> {
  const chunks = await tx
    .selectFrom('chunk')
    .select(['id', 'content'])
    .where('twin_id', '=', scope.twinId)
    .where('version_id', '=', versionId)
    .orderBy('ordinal')
    .execute();
  if (chunks.length === 0) {
    await deleteDocuments(tx, scope, [documentId]);
    return;
  }
  const starts: number[] = [];
  let end = 0;
  for (const { content } of chunks) {
    starts.push(end);
    end += content.length + 2;
  }
  const ends = chunks.map(({ content }, index) => (starts[index] ?? 0) + content.length);
  await sql`
    update chunk c set start_offset = place.starts, end_offset = place.ends
    from unnest(${chunks.map(({ id }) => id)}::bigint[], ${starts}::integer[], ${ends}::integer[]) as place (id, starts, ends)
    where c.twin_id = ${scope.twinId} and c.id = place.id and c.start_offset <> place.starts`.execute(tx);
  const canonicalText = chunks.map(({ content }) => content).join('\n\n');
  const blocks = chunks.map((_chunk, index) => ({ kind: 'paragraph', start: starts[index], end: ends[index] }));
  await upsertDocumentText(tx, scope, versionId, { canonicalText, blocks });
  await updateCounts(tx, scope, versionId, canonicalText, chunks.length);
}

async function updateCounts(
  tx: Tx,
  scope: TwinScope,
  versionId: number,
  canonicalText: string,
  chunkCount: number,
): Promise<void> {
  await tx
    .updateTable('document_version')
    .set({
      content_sha256: createHash('sha256').update(canonicalText).digest(),
      byte_size: Buffer.byteLength(canonicalText),
      character_count: canonicalText.length,
      chunk_count: chunkCount,
      chunks_embedded: chunkCount,
      updated_at: sql<Date>`now()`,
    })
    .where('twin_id', '=', scope.twinId)
    .where('id', '=', versionId)
    .execute();
}

/**
 * Deletes vectors that `upsertVectors` added; a document goes with its last one. Returns how many there were.
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
    const { rows } = await sql<{ documentId: string; versionId: number }>`
      delete from chunk where twin_id = ${scope.twinId} and vector_id = any (${[...ids]}::text[])
      returning document_id as "documentId", version_id as "versionId"`.execute(tx);
    for (const [documentId, [deleted]] of Map.groupBy(rows, (row) => row.documentId)) {
      if (deleted !== undefined) await rebuildVectorDocument(tx, scope, documentId, deleted.versionId);
    }
    if (rows.length > 0) await incrementCorpusVersion(tx, scope);
    return rows.length;
  });
}
