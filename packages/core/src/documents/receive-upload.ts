import { randomUUID } from 'node:crypto';
import { deleteReceivingBlob } from '@twin/db/queries/blobs';
import { insertIngestion } from '@twin/db/queries/ingestion-metadata';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { type Acceptance, acceptDocument, inAcceptance } from './accept-document.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { cleanFileName, cleanPath, titleFromFileName } from './file-name.ts';
import { getDocument } from './get-document.ts';
import { ingestionKeptDays } from './list-ingestions.ts';
import { type ReceivedFile, storeBlob } from './store-blob.ts';

export interface Upload {
  /** Replaces the content of the document with this id, or names a new one. */
  documentId?: string;
  title?: string;
  fileName: string;
  /** Where it lay within a folder that is added. */
  folder?: string;
  mediaType: string | null;
  /** Ending it with an error (the client went away) takes the upload back. */
  content: AsyncIterable<Uint8Array>;
  origin: 'upload' | 'sample';
  /** Who uploaded, for the ingestion log. */
  userLabel?: string;
}

export interface UploadResult extends Pick<Acceptance, 'outcome' | 'sameAs'> {
  document: DocumentView;
}

/**
 * Stores a file and queues its ingestion. When this resolves, the bytes and the job are committed together; when it
 * rejects before they are, nothing of the upload is left. Where a connection is lost at the very commit, nobody can tell
 * which it was: then what is committed stays, and the same upload again is a duplicate. `duplicate`: the content was here already, and
 * `document` is what holds it.
 *
 * @throws AppError `too-large` or `invalid-input` (empty).
 */
export async function receiveUpload(deps: Deps, scope: TwinScope, upload: Upload): Promise<UploadResult> {
  const fileName = cleanFileName(upload.fileName);
  let blobId: string | undefined;
  try {
    const file = { fileName, content: upload.content, bytesMax: limits.uploadBytesMax };
    const received = await storeBlob(deps.db, scope, file, (id) => {
      blobId = id;
    });
    const { documentId, versionId, outcome, sameAs } = await accept(deps, scope, { ...upload, fileName }, received);
    announceIngestion(deps, scope, versionId);
    return { document: await getDocument(deps, scope, documentId), outcome, sameAs };
  } catch (error) {
    if (blobId !== undefined) await takeBack(deps, scope, blobId);
    throw error;
  }
}

async function accept(deps: Deps, scope: TwinScope, upload: Upload, received: ReceivedFile): Promise<Acceptance> {
  const { fileName, mediaType, origin, title, folder } = upload;
  return await inAcceptance(deps, scope, async (tx) => {
    const offered = {
      documentId: upload.documentId,
      title,
      fileName,
      folder: cleanPath(folder ?? '', limits.folderCharactersMax),
      mediaType,
      origin,
      ...received,
    };
    const acceptance = await acceptDocument(deps, tx, scope, offered);
    const logged = {
      id: acceptance.documentId,
      title: title ?? titleFromFileName(fileName),
      outcome: acceptance.outcome,
    };
    await insertIngestion(tx, scope, {
      id: randomUUID(),
      userId: upload.userLabel ?? origin,
      documents: [logged],
      keptDays: ingestionKeptDays,
    });
    return acceptance;
  });
}

/** Leaves alone what was committed after all. A blob that cannot be removed now is removed with the other unfinished uploads later. */
async function takeBack(deps: Deps, scope: TwinScope, blobId: string): Promise<void> {
  await deleteReceivingBlob(deps.db, scope, blobId).catch((error: unknown) => {
    deps.logger.warn({ error, blobId }, 'could not remove an unfinished upload');
  });
}
