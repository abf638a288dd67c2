import { lockDocument } from '@twin/db/queries/documents';
import { findChunkVersion, updateChunksEnabled } from '@twin/db/queries/kept-chunks';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { documentNotFound } from './get-document.ts';

/**
 * Switches a passage of a document off, so that it never answers, or on again. A new version keeps passages off that say
 * the same. @throws AppError `not-found` when the document has no such passage any more.
 */
export async function switchChunk(
  { db }: Deps,
  scope: TwinScope,
  { documentId, chunkId, enabled }: { documentId: string; chunkId: number; enabled: boolean },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const document = await lockDocument(tx, scope, documentId);
    if (document === undefined) throw documentNotFound(documentId);
    if ((await findChunkVersion(tx, scope, { chunkId, documentId })) !== document.live_version_id) {
      const message = `“${document.title}” has changed and no longer has this passage. Open it again.`;
      throw new AppError('not-found', message, { reason: 'chunk-gone' });
    }
    await updateChunksEnabled(tx, scope, [chunkId], enabled);
    await incrementCorpusVersion(tx, scope);
  });
}
