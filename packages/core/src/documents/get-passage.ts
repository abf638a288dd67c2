import { findTextStretch, hasTextFrom } from '@twin/db/queries/document-texts';
import { findVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { characterBoundary } from '../character-boundary.ts';
import type { Deps } from '../deps.ts';
import { blocksBetween, findShownVersion, notRead, type ShownVersion } from './get-document-text.ts';
import type { PageSource } from './pages/drawn-page.ts';
import { pageSourceOf } from './pages/page-source.ts';
import type { Block, TextPart } from './parsed-document.ts';

export interface PassageWindow extends ShownVersion {
  /** Where `text` begins in the document. */
  offset: number;
  text: string;
  /** Of `text`: their offsets count from its beginning. */
  blocks: Block[];
  hasBefore: boolean;
  hasAfter: boolean;
  /** Whose pages can be shown as they look; null where there are none. */
  pageSource: PageSource | null;
}

export interface PassagePlace {
  documentId: string;
  /** Left out for the version that answers now. */
  versionId?: number;
  /** [start, end) in the document's text. */
  startOffset: number;
  endOffset: number;
  /** Characters wanted on either side; whole blocks, while they are no longer than that. */
  radius: number;
}

/**
 * A document's text around a place in it, so that a reader of one passage does not load a thousand pages. As with the whole
 * text, a superseded version's is gone: `isCurrent` is then false, and the place may say something else.
 *
 * @throws AppError as `getDocumentText`.
 */
export async function getPassage(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { startOffset, endOffset, radius, ...asked }: PassagePlace,
): Promise<PassageWindow> {
  const shown = await findShownVersion(db, scope, asked);
  const around = { startOffset: Math.max(0, startOffset - 2 * radius), endOffset: endOffset + 2 * radius };
  const stretch = await findTextStretch(db, scope, shown.versionId, around);
  if (stretch === undefined) throw notRead(shown.title);
  const { start, text } = stretch;
  const window = windowAround({ start, text, blocks: stretch.blocks as Block[] }, { startOffset, endOffset, radius });
  const hasAfter = window.hasAfter || (await hasTextFrom(db, scope, shown.versionId, start + text.length));
  const pageSource = pageSourceOf(await findVersion(db, scope, shown.versionId));
  return { ...shown, ...window, hasBefore: window.hasBefore || start > 0, hasAfter, pageSource };
}

/** @param stretch of a document's text, with its blocks by their places in the document. */
export function windowAround(
  { start: first, text, blocks }: TextPart,
  { startOffset, endOffset, radius }: Pick<PassagePlace, 'startOffset' | 'endOffset' | 'radius'>,
): Pick<PassageWindow, 'offset' | 'text' | 'blocks' | 'hasBefore' | 'hasAfter'> {
  const last = first + text.length;
  const [start, end] = [Math.min(startOffset, last), Math.min(endOffset, last)];
  const all: Block[] = blocks.length > 0 ? blocks : [{ kind: 'paragraph', start: first, end: last }];
  const touched = all.filter((block) => block.end > start - radius && block.start < end + radius);
  const from = first + characterBoundary(text, Math.max(touched[0]?.start ?? start, start - 2 * radius) - first);
  const to = first + characterBoundary(text, Math.min(touched.at(-1)?.end ?? end, end + 2 * radius) - first);
  return {
    offset: from,
    text: text.slice(from - first, to - first),
    blocks: blocksBetween(touched, from, to),
    hasBefore: from > (all[0]?.start ?? 0),
    hasAfter: to < (all.at(-1)?.end ?? 0),
  };
}
