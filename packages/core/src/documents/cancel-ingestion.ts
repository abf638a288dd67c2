import { deleteChunks } from '@twin/db/queries/chunks';
import { deleteDocumentTexts } from '@twin/db/queries/document-texts';
import { findDocument, lockDocument } from '@twin/db/queries/documents';
import { updateVersionAt } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound, getDocument } from './get-document.ts';
import { isFinalStage } from './stages.ts';

/**
 * Stops the ingestion of a document's newest version; an older version goes on answering. The file is kept, so that it
 * can be tried again. @throws AppError `not-found`, or `conflict` when nothing is under way.
 */
export async function cancelIngestion(deps: Deps, scope: TwinScope, id: string): Promise<DocumentView> {
  const versionId = await deps.db.transaction().execute(async (tx) => {
    await lockDocument(tx, scope, id);
    const document = await findDocument(tx, scope, id);
    if (document === undefined) throw documentNotFound(id);
    if (isFinalStage(document.stage)) {
      const message = `“${document.title}” is not being read at the moment, so there is nothing to cancel.`;
      throw new AppError('conflict', message, { reason: 'not-in-progress' });
    }
    const canceled = await updateVersionAt(tx, scope, document.version_id, document.stage, {
      stage: 'canceled',
      visibility: 'none',
      error_code: null,
      error_message: null,
      isFinished: true,
    });
    // The worker moved it on between the two statements: the caller may simply try again.
    if (!canceled) throw new AppError('conflict', `“${document.title}” has just moved on. Try again.`);
    await deleteChunks(tx, scope, [document.version_id]);
    await deleteDocumentTexts(tx, scope, [document.version_id]);
    return document.version_id;
  });
  announceIngestion(deps, scope, versionId);
  return await getDocument(deps, scope, id);
}
