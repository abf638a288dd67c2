import { type ChunkSpan, listChunkSpans } from '@twin/db/queries/chunks';
import { findDocumentText } from '@twin/db/queries/document-texts';
import { findDocument } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { documentNotFound } from './get-document.ts';
import type { Block } from './parsed-document.ts';

export interface ShownText {
  documentId: string;
  title: string;
  /** Whose text this is. */
  versionId: number;
  text: string;
  blocks: Block[];
  /** False when the version asked for has been superseded: `text` may then differ from what was cited. */
  isCurrent: boolean;
}

export interface DocumentText extends ShownText {
  chunks: ChunkSpan[];
}

/** As `getShownText`, with the passages that the text is cut into. */
export async function getDocumentText(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  asked: AskedText,
): Promise<DocumentText> {
  const shown = await getShownText(deps, scope, asked);
  return { ...shown, chunks: await listChunkSpans(deps.db, scope, shown.versionId) };
}

interface AskedText {
  documentId: string;
  /** Left out for the version that answers now. */
  versionId?: number;
}

/**
 * What was read from a document. The text of a superseded version is gone: asking for it yields the text that answers
 * questions now, with `isCurrent: false`.
 *
 * @throws AppError `not-found` (no such document) or `conflict` (nothing has been read yet).
 */
export async function getShownText(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { documentId, versionId }: AskedText,
): Promise<ShownText> {
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
    isCurrent: versionId === undefined || versionId === shownVersionId,
  };
}
