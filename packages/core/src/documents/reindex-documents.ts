import { listDocumentsById, lockDocument } from '@twin/db/queries/documents';
import { findVersion, insertVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound } from './get-document.ts';
import { toDocumentView } from './to-document-view.ts';

/**
 * Reads the stored files of documents anew, e.g. after a release that reads their format better: each gets a version with
 * the same file, which replaces the one that answers now when it is ready. Documents that are being read already, or came
 * without a file, are left as they are and out of the result.
 *
 * @throws AppError `not-found` when none of the documents is there, `conflict` when none of them can be read anew.
 */
export async function reindexDocuments(deps: Deps, scope: TwinScope, ids: readonly string[]): Promise<DocumentView[]> {
  const found = await listDocumentsById(deps.db, scope, ids);
  const [first] = found;
  if (first === undefined) throw documentNotFound(ids[0] ?? '');
  const started: string[] = [];
  for (const { id } of found) {
    if (await isStarted(deps, scope, id)) started.push(id);
  }
  if (started.length === 0) {
    const message = `“${first.title}” cannot be read anew: it is being read already, or came without a file.`;
    throw new AppError('conflict', message, { reason: 'nothing-to-reindex' });
  }
  return (await listDocumentsById(deps.db, scope, started)).map(toDocumentView);
}

async function isStarted(deps: Deps, scope: TwinScope, id: string): Promise<boolean> {
  const versionId = await deps.db.transaction().execute(async (tx) => {
    if ((await lockDocument(tx, scope, id)) === undefined) return undefined;
    const [document] = await listDocumentsById(tx, scope, [id]);
    // One that failed or was canceled is tried again instead.
    if (document?.stage !== 'ready') return undefined;
    const current = await findVersion(tx, scope, document.version_id);
    if (current?.blob_id == null) return undefined;
    const next = await insertVersion(tx, scope, {
      documentId: id,
      blobId: current.blob_id,
      contentSha256: current.content_sha256,
      fileName: current.file_name,
      folder: current.folder,
      mediaType: current.media_type,
      byteSize: current.byte_size,
    });
    await deps.jobs.enqueueIngestion(tx, scope, next);
    return next;
  });
  if (versionId === undefined) return false;
  announceIngestion(deps, scope, versionId);
  return true;
}
