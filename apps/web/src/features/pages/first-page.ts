import { placeIn } from '../../passage-excerpt.ts';
import type { DocumentText, PassageWindow } from '../../views.ts';

export interface TextPlace {
  startOffset: number;
  endOffset: number;
}

/**
 * The page of the original that a place of its text begins on; null where there is none to be shown. What stands in a file
 * inside another is on no page of that one.
 */
export function firstPageOf(
  shown: Pick<DocumentText | PassageWindow, 'blocks' | 'offset' | 'pageSource'>,
  place: TextPlace,
): number | null {
  if (shown.pageSource === null) return null;
  const { startOffset, endOffset } = placeIn(shown, place);
  const block = shown.blocks.find(
    ({ start, end, page, part }) => end > startOffset && start < endOffset && page !== undefined && part === undefined,
  );
  return block?.page ?? null;
}
