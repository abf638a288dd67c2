import { countChunks, deleteChunks } from '@twin/db/queries/chunks';
import { deleteDocumentTexts } from '@twin/db/queries/document-texts';
import { findDocument, lockDocument } from '@twin/db/queries/documents';
import { updateVersionAt } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound, getDocument } from './get-document.ts';
import { chunksAtOnceMax, removeChunks } from './remove-chunks.ts';
import { isFinalStage } from './stages.ts';

/**
 * Stops the ingestion of a document's newest version; an older version goes on answering. The file is kept, so that it
 * can be tried again. @throws AppError `not-found`, or `conflict` when nothing is under way.
 */
export async function cancelIngestion(deps: Deps, scope: TwinScope, id: string): Promise<DocumentView> {
  const { versionId, isLong } = await deps.db.transaction().execute(async (tx) => {
    await lockDocument(tx, scope, id);
    const document = await findDocument(tx, scope, id);
    if (document === undefined) throw documentNotFound(id);
    if (isFinalStage(document.stage)) {
      const message = `“${document.title}” is not being read at the moment, so there is nothing to cancel.`;
      throw new AppError('conflict', message, { reason: 'not-in-progress' });
    }
    const isLong = (await countChunks(tx, scope, document.version_id)) > chunksAtOnceMax;
    const canceled = await updateVersionAt(tx, scope, document.version_id, document.stage, {
      stage: 'canceled',
      visibility: isLong ? 'hidden' : 'none',
      error_code: null,
      error_message: null,
      isFinished: true,
    });
    // The worker moved it on between the two statements: the caller may simply try again.
    if (!canceled) throw new AppError('conflict', `“${document.title}” has just moved on. Try again.`);
    if (!isLong) await deleteChunks(tx, scope, [document.version_id]);
    await deleteDocumentTexts(tx, scope, [document.version_id]);
    return { versionId: document.version_id, isLong };
  });
  announceIngestion(deps, scope, versionId);
  // Whoever cancels does not wait for it: hidden, they are in nobody's way, and another try begins with removing them.
  if (isLong) {
    removeChunks(deps, scope, { versionId, stage: 'canceled' }).catch((error: unknown) => {
      deps.logger.warn({ error, versionId }, 'passages of a canceled document are left');
    });
  }
  return await getDocument(deps, scope, id);
}
