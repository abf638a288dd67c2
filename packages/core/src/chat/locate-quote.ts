import { bracketedAddress } from '../documents/bracketed-address.ts';
import { alignWords } from './align-words.ts';
import { cutsWord } from './cuts-word.ts';
import { type FoldedText, foldText } from './fold-text.ts';
import { leavesOutDenial } from './leaves-out-denial.ts';
import type { TextRange } from './split-sentences.ts';

/** How closely a quote was found: character by character, after folding, or word by word. */
export type QuoteMatch = 'exact' | 'folded' | 'aligned';

export interface LocatedQuote {
  range: TextRange;
  match: QuoteMatch;
}

/** Parts around an ellipsis have to say something by themselves, and to stand near each other. */
const partWordsMin = 3;
const gapCharactersMax = 400;

/**
 * Where a text says what a model claims it says: exactly; else with case, white space, quotation marks, dashes, ligatures
 * and hyphenation folded; else word by word (`alignWords`). Whole words only, and a number with its sign and unit sign. A
 * quote with an ellipsis is found when its parts are, in order and near each other, and what is left out does not deny what is
 * not. Undefined when the text does not say it:
 * one wrong word is a wrong quote.
 *
 * The address of a link may be left out, and not changed.
 *
 * @param near an offset: of several places that begin with the same words, the one that begins nearest to it.
 */
export function locateQuote(text: string, quote: string, near = 0): LocatedQuote | undefined {
  const exact = nearest(near, (from): LocatedQuote | undefined => {
    const range = findWhole(text, quote, from);
    return range && { range, match: 'exact' };
  });
  if (exact !== undefined) return exact;
  const parts = foldText(quote)
    .text.split(/\.{3,}/)
    .map(trimQuote)
    .filter((part) => part !== '');
  if (parts.length > 1 && parts.some((part) => part.split(' ').length < partWordsMin)) return undefined;
  const inText = (folded: FoldedText) => nearest(near, (from) => locateParts({ text, folded }, parts, from));
  const found = inText(foldText(text));
  if (found !== undefined || text.search(bracketedAddress) < 0) return found;
  return inText(foldText(text, { areAddressesLeftOut: true }));
}

/** A phrase that stands in a text more often is found at one of these places. */
const placesMax = 200;

/** Of what `find` finds from one offset on and then from behind that, the one nearest to an offset. */
function nearest(near: number, find: (from: number) => LocatedQuote | undefined): LocatedQuote | undefined {
  const distance = ({ range }: LocatedQuote): number => Math.abs(range.start - near);
  let best: LocatedQuote | undefined;
  for (let from = 0, places = 1; ; places += 1) {
    const found = find(from);
    if (found !== undefined && (best === undefined || distance(found) < distance(best))) best = found;
    if (found === undefined || found.range.start >= near || places === placesMax) return best;
    from = found.range.start + 1;
  }
}

interface SearchedText {
  text: string;
  folded: FoldedText;
}

function locateParts({ text, folded }: SearchedText, parts: readonly string[], from: number): LocatedQuote | undefined {
  let located: LocatedQuote | undefined;
  for (const part of parts) {
    const found = locateFolded(folded, part, located?.range.end ?? from);
    if (found === undefined) return undefined;
    if (located !== undefined) {
      const gap = text.slice(located.range.end, found.range.start);
      if (gap.length > gapCharactersMax || leavesOutDenial(gap)) return undefined;
    }
    located = {
      range: { start: located?.range.start ?? found.range.start, end: found.range.end },
      match: located?.match === 'aligned' ? 'aligned' : found.match,
    };
  }
  return located;
}

function locateFolded(folded: FoldedText, part: string, from: number): LocatedQuote | undefined {
  const foldedFrom = firstFrom(folded.starts, from);
  const whole = findWhole(folded.text, part, foldedFrom);
  if (whole !== undefined) return { range: toRaw(folded, whole), match: 'folded' };
  const aligned = alignWords(folded.text, part, foldedFrom);
  return aligned && { range: toRaw(folded, aligned), match: 'aligned' };
}

/** The first place in ascending offsets that is not below one; their number when all are. */
function firstFrom(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toRaw({ starts, ends }: FoldedText, { start, end }: TextRange): TextRange {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 };
}

/** Without the quotation marks and the punctuation around it, which the model may have added. */
function trimQuote(quote: string): string {
  return quote.replace(/^[\s"'([•]+/, '').replace(/[\s"')\].,;:!?]+$/, '');
}

/** The first place where a piece stands that does not cut a word or a number in two. */
function findWhole(text: string, piece: string, from = 0): TextRange | undefined {
  if (!/[\p{L}\p{N}]/u.test(piece)) return undefined;
  for (let start = text.indexOf(piece, from); start >= 0; start = text.indexOf(piece, start + 1)) {
    const end = start + piece.length;
    if (!cutsWord(text, start) && !cutsWord(text, end)) return { start, end };
  }
  return undefined;
}
