import { readBlob } from '@twin/db/queries/blobs';
import { findDocument } from '@twin/db/queries/documents';
import { findVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { documentNotFound } from './get-document.ts';

export interface OriginalFile {
  fileName: string;
  mediaType: string | null;
  byteSize: number;
  /** Read from the database as it is pulled. */
  content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The file as it was uploaded: of the version that answers questions, else of the newest. @throws AppError `not-found`. */
export async function readFile({ db }: Deps, scope: TwinScope, documentId: string): Promise<OriginalFile> {
  const document = await findDocument(db, scope, documentId);
  if (document === undefined) throw documentNotFound(documentId);
  const version = await findVersion(db, scope, document.live_version_id ?? document.version_id);
  if (version?.blob_id == null) {
    throw new AppError('not-found', `The original file of “${document.title}” is no longer kept.`);
  }
  return {
    fileName: version.file_name,
    mediaType: version.media_type,
    byteSize: version.byte_size,
    content: readBlob(db, scope, { id: version.blob_id, byteSize: version.byte_size }),
  };
}
