import type { Passage } from '../retrieval/passage.ts';
import { isTableRow } from './is-table-row.ts';
import type { TextRange } from './split-sentences.ts';

/** A stretch of one or more whole sentences of a passage, as a range of the passage's own text. */
export interface QuotedStretch {
  passage: Passage;
  range: TextRange;
  /** The sentence of it that answers best; undefined where there is no one such. */
  best?: TextRange | undefined;
}

/** White space between two sentences. */
const gapMax = 2;

/** Stretches of one passage that touch or overlap become one, in the place of the best, until none of them do. */
export function joinStretches(stretches: readonly QuotedStretch[]): QuotedStretch[] {
  let joined: QuotedStretch[] = [];
  for (const stretch of stretches) {
    let grown = stretch;
    let place = joined.length;
    // What grows by one neighbour may reach the next.
    for (let at = joined.findIndex((other) => touches(other, grown)); at >= 0; ) {
      const [neighbour] = joined.slice(at, at + 1);
      if (neighbour !== undefined) {
        const range = hull(neighbour.range, grown.range);
        const { best } = at < place ? neighbour : grown;
        grown = { passage: grown.passage, range, ...(best && { best }) };
      }
      joined = joined.toSpliced(at, 1);
      place = Math.min(place, at);
      at = joined.findIndex((other) => touches(other, grown));
    }
    joined = joined.toSpliced(place, 0, grown);
  }
  return joined;
}

/** Whether two stretches of one passage overlap, or have nothing but white space between them; rows and prose stay apart. */
export function touches(one: QuotedStretch, other: QuotedStretch): boolean {
  if (one.passage !== other.passage || isTableRow(textOf(one)) !== isTableRow(textOf(other))) return false;
  return one.range.start - other.range.end <= gapMax && other.range.start - one.range.end <= gapMax;
}

function textOf({ passage, range }: QuotedStretch): string {
  return passage.content.slice(range.start, range.end);
}

function hull(one: TextRange, other: TextRange): TextRange {
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}
