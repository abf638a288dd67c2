import type { TwinScope } from '@twin/db/scope';
import { characterBoundary } from '../character-boundary.ts';
import type { Deps } from '../deps.ts';
import { getShownText, type ShownText } from './get-document-text.ts';
import type { Block } from './parsed-document.ts';

export interface PassageWindow extends Pick<ShownText, 'documentId' | 'title' | 'versionId' | 'isCurrent'> {
  /** Where `text` begins in the document. */
  offset: number;
  text: string;
  /** Of `text`: their offsets count from its beginning. */
  blocks: Block[];
  hasBefore: boolean;
  hasAfter: boolean;
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
 * @throws AppError as `getShownText`.
 */
export async function getPassage(
  deps: Deps,
  scope: TwinScope,
  { startOffset, endOffset, radius, ...asked }: PassagePlace,
): Promise<PassageWindow> {
  const { text, blocks, ...document } = await getShownText(deps, scope, asked);
  return { ...document, ...windowAround({ text, blocks }, { startOffset, endOffset, radius }) };
}

export function windowAround(
  { text, blocks }: Pick<ShownText, 'text' | 'blocks'>,
  { startOffset, endOffset, radius }: Pick<PassagePlace, 'startOffset' | 'endOffset' | 'radius'>,
): Pick<PassageWindow, 'offset' | 'text' | 'blocks' | 'hasBefore' | 'hasAfter'> {
  const [start, end] = [Math.min(startOffset, text.length), Math.min(endOffset, text.length)];
  const all: Block[] = blocks.length > 0 ? blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  const touched = all.filter((block) => block.end > start - radius && block.start < end + radius);
  const from = characterBoundary(text, Math.max(touched[0]?.start ?? start, start - 2 * radius));
  const to = characterBoundary(text, Math.min(touched.at(-1)?.end ?? end, end + 2 * radius));
  return {
    offset: from,
    text: text.slice(from, to),
    blocks: touched.map((block) => ({
      ...block,
      start: Math.max(block.start, from) - from,
      end: Math.min(block.end, to) - from,
    })),
    hasBefore: from > (all[0]?.start ?? 0),
    hasAfter: to < (all.at(-1)?.end ?? 0),
  };
}
