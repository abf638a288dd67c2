import { unmarkDocumentsDeleted } from '@twin/db/queries/deleted-documents';
import { listDocumentsById } from '@twin/db/queries/documents';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { isFinalStage } from './stages.ts';
import { toDocumentView } from './to-document-view.ts';

/**
 * Brings deleted documents back as they were; reading that was under way goes on. Those that are erased already are left
 * out of the result. @throws AppError `not-found` when all of them are.
 */
export async function restoreDocuments(deps: Deps, scope: TwinScope, ids: readonly string[]): Promise<DocumentView[]> {
  const restored = await deps.db.transaction().execute(async (tx) => {
    const rows = await listDocumentsById(tx, scope, await unmarkDocumentsDeleted(tx, scope, ids));
    for (const { stage, version_id } of rows) {
      if (!isFinalStage(stage)) await deps.jobs.enqueueIngestion(tx, scope, version_id);
    }
    if (rows.length > 0) await incrementCorpusVersion(tx, scope);
    return rows;
  });
  if (restored.length === 0) {
    throw new AppError('not-found', 'It is too late to undo: what was deleted has been erased. Upload it again.');
  }
  for (const { version_id } of restored) announceIngestion(deps, scope, version_id);
  return restored.map(toDocumentView);
}
