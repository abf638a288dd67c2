import { readBlob } from '@twin/db/queries/blobs';
import { findTextStretch } from '@twin/db/queries/document-texts';
import { findVersion, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../../app-error.ts';
import type { Deps } from '../../deps.ts';
import { findShownVersion, type ShownVersion } from '../get-document-text.ts';
import type { Block } from '../parsed-document.ts';
import type { DrawnPage, PageSource } from './drawn-page.ts';
import { markWords, type PageMarks, type QuotedBlock } from './mark-words.ts';
import { pageSourceOf } from './page-source.ts';

export interface AskedPage {
  documentId: string;
  /** The one that answers now: of others nothing is kept. Left out for whichever that is. */
  versionId?: number;
  /** From 1. */
  page: number;
}

export interface ShownPage extends PageMarks {
  page: number;
  pageCount: number;
  /** In the units of the marks. */
  width: number;
  height: number;
}

interface FoundPage extends ShownVersion {
  version: VersionRow & { blob_id: string };
  source: PageSource;
  page: number;
  pageCount: number;
}

/**
 * One page of an original, and where on it a place of the document's text stands.
 * @param place [startOffset, endOffset) in the text. What of it stands on other pages is not told.
 * @throws AppError `not-found` (no such document, page or original), `conflict` (another version answers now) or
 * `unreadable-document` (it cannot be drawn; `password-required` where it is locked).
 */
export async function showPage(
  deps: Pick<Deps, 'db' | 'pages'>,
  scope: TwinScope,
  asked: AskedPage,
  { place, signal }: { place?: { startOffset: number; endOffset: number } | undefined; signal: AbortSignal },
): Promise<ShownPage> {
  const found = await findPage(deps, scope, asked);
  const { width, height, words } = await draw(deps, scope, found, signal);
  const blocks = place === undefined ? [] : await listQuotedBlocks(deps, scope, found, place);
  return { page: found.page, pageCount: found.pageCount, width, height, ...markWords(words, blocks) };
}

export interface OriginalPage {
  /** What the picture is known by: another version is another file. */
  tag: string;
  /** WebP. @throws AppError `unreadable-document`, as `showPage`. */
  draw(signal: AbortSignal): Promise<Uint8Array>;
}

/** One page of an original, which is drawn only if it is asked for. @throws AppError as `showPage`. */
export async function findOriginalPage(
  deps: Pick<Deps, 'db' | 'pages'>,
  scope: TwinScope,
  asked: AskedPage,
): Promise<OriginalPage> {
  const found = await findPage(deps, scope, asked);
  return {
    tag: `v${found.version.id}-p${found.page}`,
    draw: async (signal) => (await draw(deps, scope, found, signal)).picture,
  };
}

async function findPage({ db }: Pick<Deps, 'db'>, scope: TwinScope, asked: AskedPage): Promise<FoundPage> {
  const shown = await findShownVersion(db, scope, asked);
  const { title } = shown;
  if (!shown.isCurrent) {
    const message = `“${title}” has a newer version now. Open the place again to see its page.`;
    throw new AppError('conflict', message, { reason: 'replaced' });
  }
  const version = await findVersion(db, scope, shown.versionId);
  const source = pageSourceOf(version);
  if (version?.blob_id === null) {
    const message = `The original file of “${title}” is no longer kept.`;
    throw new AppError('not-found', message, { reason: 'original-gone' });
  }
  if (version === undefined || source === null) {
    throw new AppError('not-found', `“${title}” has no pages that can be shown.`, { reason: 'no-pages' });
  }
  const { blob_id } = version;
  const pageCount = version.page_count ?? 1;
  if (asked.page > pageCount) {
    const message = `“${title}” has no page ${asked.page}: its last one is ${pageCount}.`;
    throw new AppError('not-found', message, { reason: 'no-such-page' });
  }
  return { ...shown, version: { ...version, blob_id }, source, page: asked.page, pageCount };
}

async function draw(
  { db, pages }: Pick<Deps, 'db' | 'pages'>,
  scope: TwinScope,
  { version, source, page, title }: FoundPage,
  signal: AbortSignal,
): Promise<DrawnPage> {
  const file = {
    key: `${scope.twinId}/${version.id}`,
    fileName: version.file_name,
    byteSize: version.byte_size,
    source,
    content: () => readBlob(db, scope, { id: version.blob_id, byteSize: version.byte_size }),
  };
  return await pages.draw(file, { page, signal }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'unreadable-document' ? notDrawn(error, title, page) : error;
  });
}

/** The advice for a file that cannot be read is none for one that has been. */
function notDrawn(error: AppError, title: string, page: number): AppError {
  const { code, reason } = error;
  const message =
    reason === 'password-required'
      ? `“${title}” is locked with a password, which is kept nowhere: its pages cannot be shown. Its text is what was read with it.`
      : `Page ${page} of “${title}” could not be drawn. Its text is here all the same.`;
  return new AppError(code, message, { cause: error, ...(reason !== undefined && { reason }) });
}

/** The blocks of one page that a place touches. Those of a file inside are on no page of this one. */
async function listQuotedBlocks(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { versionId, page }: FoundPage,
  place: { startOffset: number; endOffset: number },
): Promise<QuotedBlock[]> {
  const stretch = await findTextStretch(db, scope, versionId, place);
  if (stretch === undefined) return [];
  return (stretch.blocks as Block[])
    .filter(({ start, end }) => end > place.startOffset && start < place.endOffset)
    .filter((block) => block.page === page && block.part === undefined)
    .map(({ start, end, boxes }) => ({
      text: stretch.text.slice(start - stretch.start, end - stretch.start),
      start: Math.max(place.startOffset, start) - start,
      end: Math.min(place.endOffset, end) - start,
      boxes,
    }));
}
