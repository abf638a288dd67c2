import { findDocument, lockDocument } from '@twin/db/queries/documents';
import { resumeVersion } from '@twin/db/queries/version-tries';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound, getDocument } from './get-document.ts';
import { remedyAt } from './remedy.ts';

/**
 * Reads a document that failed because its file is locked, with the password for it. The password is used for this one
 * reading: it is in memory until the text is read, and never in the database or a log. A wrong one fails the document again.
 * @throws AppError `not-found`, or `conflict` when the document does not wait for a password.
 */
export async function unlockDocument(
  deps: Deps,
  scope: TwinScope,
  { id, password }: { id: string; password: string },
): Promise<DocumentView> {
  const versionId = await deps.db.transaction().execute(async (tx) => {
    await lockDocument(tx, scope, id);
    const document = await findDocument(tx, scope, id);
    if (document === undefined) throw documentNotFound(id);
    if (remedyAt(document) !== 'password') {
      const message = `“${document.title}” does not wait for a password.`;
      throw new AppError('conflict', message, { reason: 'not-locked' });
    }
    await resumeVersion(tx, scope, document.version_id);
    return document.version_id;
  });
  deps.jobs.ingestUnlocked(scope, versionId, password);
  announceIngestion(deps, scope, versionId);
  return await getDocument(deps, scope, id);
}
