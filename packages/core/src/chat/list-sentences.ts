import type { Passage } from '../retrieval/passage.ts';
import { withoutAddresses } from './say-quote.ts';
import { splitSentences, type TextRange } from './split-sentences.ts';
import { cellsOf, findTableLabels } from './table-labels.ts';

/** What may be quoted of a passage: a sentence, a row of a table, or what a heading stands over. */
export interface Sentence {
  passage: Passage;
  /** What is quoted. Of a heading, how its section begins. */
  range: TextRange;
  /** What is held against the question: the sentence, or the heading. */
  text: string;
  isHeading: boolean;
  /** What the columns of a row are called, and the question that a sentence stands behind; none elsewhere. */
  labels: readonly string[];
  cells: readonly string[];
  /** Of the table that a row is of; 0 elsewhere. */
  rowCount: number;
  /** The heading of its section within the passage, or the caption of its table; empty where none is. */
  section: string;
}

/** How much of a section is quoted where its heading is what answers: of prose, and of a list. */
const sectionCharacters = 360;
const listCharacters = 700;
/** Of a text that begins an item of a list. */
export const opensItem = /^(?:[-*•]|\d{1,3}[.)]) /;

/**
 * What a passage says, in order. A heading says nothing by itself, and nobody wants to read one as an answer: it stands for
 * how its section begins. The document's title, and a heading that nothing of the passage stands under, are left out.
 */
export function listSentences(passage: Passage): Sentence[] {
  const { content, documentTitle } = passage;
  const headings = headingsOf(passage);
  const tables = findTableLabels(content);
  const ranges = splitSentences(content).filter((range) => !tables.isLabels(range));
  const quotable = ranges.filter((range) => isWithin(range, headings) || !tables.isCaption(range));
  const sentences: Sentence[] = [];
  let section = '';
  let before = '';
  for (const range of ranges) {
    const text = withoutAddresses(content.slice(range.start, range.end));
    const isHeading = isWithin(range, headings);
    const cellLabels = tables.of(range);
    const cells = cellLabels === undefined ? [] : cellsOf(text);
    const labels = cellLabels ?? (isQuestion(before) ? [before] : []);
    const said = { passage, range, text, isHeading, labels, cells, rowCount: tables.rowCountOf(range) };
    if (!isHeading && tables.isCaption(range)) section = text;
    else if (!isHeading) sentences.push({ ...said, section });
    else if (text.trim() !== documentTitle.trim()) {
      section = text;
      const following = quotable.slice(quotable.indexOf(range) + 1);
      const opening = sectionOpening(content, following, headings);
      if (opening) sentences.push({ ...said, range: opening, labels: [], cells: [], section: '' });
    }
    before = text;
  }
  return sentences;
}

function headingsOf({ startOffset, headings = [] }: Passage): TextRange[] {
  return headings.map((heading) => ({
    start: heading.startOffset - startOffset,
    end: heading.endOffset - startOffset,
  }));
}

function isWithin({ start, end }: TextRange, headings: readonly TextRange[]): boolean {
  return headings.some((heading) => start >= heading.start && end <= heading.end);
}

export function isQuestion(text: string): boolean {
  return /[?？][*_"'”’»)\]]*$/.test(text);
}

/** From the first of the sentences under a heading on, as many as fit; undefined where another heading follows, or nothing. */
function sectionOpening(
  content: string,
  following: readonly TextRange[],
  headings: readonly TextRange[],
): TextRange | undefined {
  const [first] = following;
  if (first === undefined || isWithin(first, headings) || content.startsWith('|', first.start)) return undefined;
  let { end } = first;
  for (const range of following) {
    const isItem = opensItem.test(content.slice(range.start, range.end));
    if (isWithin(range, headings) || content.startsWith('|', range.start)) break;
    if (range.end - first.start > (isItem ? listCharacters : sectionCharacters)) break;
    ({ end } = range);
  }
  return { start: first.start, end };
}
