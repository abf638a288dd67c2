import type { Db } from '@twin/db/db';
import { type ChunkSpan, listChunkSpans } from '@twin/db/queries/chunks';
import { findDocumentText, findTextStretch, hasTextFrom } from '@twin/db/queries/document-texts';
import { findDocument } from '@twin/db/queries/documents';
import { findVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { documentNotFound } from './get-document.ts';
import type { PageSource } from './pages/drawn-page.ts';
import { pageSourceOf } from './pages/page-source.ts';
import type { Block } from './parsed-document.ts';

/** The version of a document whose text is shown. */
export interface ShownVersion {
  documentId: string;
  title: string;
  /** Whose text this is. */
  versionId: number;
  /** False when the version asked for has been superseded: its text may then differ from what was cited. */
  isCurrent: boolean;
}

export interface DocumentText extends ShownVersion {
  /** Where `text` begins in the document. */
  offset: number;
  text: string;
  /** Of `text`: their offsets count from its beginning. */
  blocks: Block[];
  /** Those that `text` is cut into; their offsets are the document's. */
  chunks: ChunkSpan[];
  /** Characters of the whole document. */
  length: number;
  /** Whether more text follows, at `offset + text.length`. */
  hasAfter: boolean;
  /** Whose pages can be shown as they look; null where there are none. */
  pageSource: PageSource | null;
}

export interface AskedText {
  documentId: string;
  /** Left out for the version that answers now. */
  versionId?: number;
}

/**
 * What was read from a document, from one of its passages on: some half a million characters, which is the whole of most
 * documents. The text of a superseded version is gone: asking for it yields the text that answers questions now, with
 * `isCurrent: false`.
 *
 * @throws AppError `not-found` (no such document) or `conflict` (nothing has been read yet).
 */
export async function getDocumentText(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { offset = 0, ...asked }: AskedText & { offset?: number },
): Promise<DocumentText> {
  const shown = await findShownVersion(db, scope, asked);
  const { versionId } = shown;
  const place = { startOffset: offset, endOffset: offset + limits.shownCharactersMax };
  const stretch = await findTextStretch(db, scope, versionId, place);
  if (stretch === undefined) throw notRead(shown.title);
  const stretchEnd = stretch.start + stretch.text.length;
  const from = Math.min(offset, stretchEnd);
  const hasMore = await hasTextFrom(db, scope, versionId, stretchEnd);
  const isWhole = from === 0 && !hasMore;
  const begun = await listChunkSpans(
    db,
    scope,
    versionId,
    isWhole ? undefined : { startOffset: from, endOffset: stretchEnd },
  );
  const chunks = begun.filter(({ endOffset }) => endOffset <= stretchEnd);
  // Where more follows, the text ends with a passage that it holds whole, and the next one begins what follows.
  const to = (hasMore ? chunks.at(-1)?.endOffset : undefined) ?? stretchEnd;
  const version = await findVersion(db, scope, versionId);
  return {
    ...shown,
    offset: from,
    text: stretch.text.slice(from - stretch.start, to - stretch.start),
    blocks: blocksBetween(stretch.blocks as Block[], from, to),
    chunks,
    length: version?.character_count ?? to,
    hasAfter: hasMore,
    pageSource: pageSourceOf(version),
  };
}

/** What of the blocks lies in [from, to), counted from there. */
export function blocksBetween(blocks: readonly Block[], from: number, to: number): Block[] {
  return blocks
    .filter(({ start, end }) => end > from && start < to)
    .map((block) => ({ ...block, start: Math.max(block.start, from) - from, end: Math.min(block.end, to) - from }));
}

/**
 * The whole text of a document, however long it is.
 * @throws AppError as `getDocumentText` does.
 */
export async function getWholeText(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  documentId: string,
): Promise<{ text: string; versionId: number }> {
  const { title, versionId } = await findShownVersion(db, scope, { documentId });
  const whole = await findDocumentText(db, scope, versionId);
  if (whole === undefined) throw notRead(title);
  return { text: whole.text, versionId };
}

/** @throws AppError as `getDocumentText` does, also where no more than a part has been read. */
export async function findShownVersion(
  db: Db,
  scope: TwinScope,
  { documentId, versionId }: AskedText,
): Promise<ShownVersion> {
  const document = await findDocument(db, scope, documentId);
  if (document === undefined) throw documentNotFound(documentId);
  const isUnread = document.stage === 'queued' || document.stage === 'reading';
  if (document.live_version_id === null && isUnread) throw notRead(document.title);
  const shownVersionId = document.live_version_id ?? document.version_id;
  const isCurrent = versionId === undefined || versionId === shownVersionId;
  return { documentId, title: document.title, versionId: shownVersionId, isCurrent };
}

export function notRead(title: string): AppError {
  const message = `“${title}” has not been read yet. Its text appears when it is ready.`;
  return new AppError('conflict', message, { reason: 'not-read' });
}
