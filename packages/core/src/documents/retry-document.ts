import { findDocument, lockDocument } from '@twin/db/queries/documents';
import { resumeVersion } from '@twin/db/queries/version-tries';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound, getDocument } from './get-document.ts';

/**
 * Tries a failed or canceled document again, from the stage where it failed: what was read stays read.
 * @throws AppError `not-found`, or `conflict` when there is nothing to try again.
 */
export async function retryDocument(deps: Deps, scope: TwinScope, id: string): Promise<DocumentView> {
  const versionId = await deps.db.transaction().execute(async (tx) => {
    await lockDocument(tx, scope, id);
    const document = await findDocument(tx, scope, id);
    if (document === undefined) throw documentNotFound(id);
    if (!(await resumeVersion(tx, scope, document.version_id))) {
      const message = `“${document.title}” has neither failed nor been canceled, so there is nothing to try again.`;
      throw new AppError('conflict', message, { reason: 'not-failed' });
    }
    await deps.jobs.enqueueIngestion(tx, scope, document.version_id);
    return document.version_id;
  });
  announceIngestion(deps, scope, versionId);
  return await getDocument(deps, scope, id);
}
