import { deleteBlobs } from '@twin/db/queries/blobs';
import { deleteDocument as deleteDocumentRow, lockDocument } from '@twin/db/queries/documents';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import { listVersionsOfDocument } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { documentNotFound } from './get-document.ts';

/**
 * Removes a document's file, versions, text, chunks and vectors in one transaction. Work on it that is queued or under
 * way finds nothing left and ends. @throws AppError `not-found`.
 */
export async function deleteDocument(deps: Deps, scope: TwinScope, id: string): Promise<void> {
  const liveVersionId = await deps.db.transaction().execute(async (tx) => {
    const document = await lockDocument(tx, scope, id);
    if (document === undefined) throw documentNotFound(id);
    const versions = await listVersionsOfDocument(tx, scope, id);
    await deleteBlobs(
      tx,
      scope,
      versions.flatMap((version) => version.blob_id ?? []),
    );
    await deleteDocumentRow(tx, scope, id);
    await incrementCorpusVersion(tx, scope);
    return document.live_version_id;
  });
  announceIngestion(deps, scope, liveVersionId ?? 0);
}
