import { type ChunkSpan, listChunkSpans } from '@twin/db/queries/chunks';
import { findDocumentText } from '@twin/db/queries/document-texts';
import { findDocument } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { documentNotFound } from './get-document.ts';
import type { Block } from './parsed-document.ts';

export interface DocumentText {
  documentId: string;
  title: string;
  /** Whose text this is. */
  versionId: number;
  text: string;
  blocks: Block[];
  chunks: ChunkSpan[];
  /** False when the version asked for has been superseded: `text` may then differ from what was cited. */
  isCurrent: boolean;
}

/**
 * What was read from a document. The text of a superseded version is gone: asking for it yields the text that answers
 * questions now, with `isCurrent: false`.
 *
 * @throws AppError `not-found` (no such document) or `conflict` (nothing has been read yet).
 */
export async function getDocumentText(
  { db }: Deps,
  scope: TwinScope,
  { documentId, versionId }: { documentId: string; versionId?: number },
): Promise<DocumentText> {
  const document = await findDocument(db, scope, documentId);
  if (document === undefined) throw documentNotFound(documentId);
  const shownVersionId = document.live_version_id ?? document.version_id;
  const text = await findDocumentText(db, scope, shownVersionId);
  if (text === undefined) {
    throw new AppError('conflict', `“${document.title}” has not been read yet. Its text appears when it is ready.`, {
      reason: 'not-read',
    });
  }
  return {
    documentId,
    title: document.title,
    versionId: shownVersionId,
    text: text.canonicalText,
    blocks: text.blocks as Block[],
    chunks: await listChunkSpans(db, scope, shownVersionId),
    isCurrent: versionId === undefined || versionId === shownVersionId,
  };
}
