import { isAbbreviation } from '../abbreviation.ts';
import { characterBoundary } from '../character-boundary.ts';
import { opensNumberOrDate } from './opens-number-or-date.ts';

/** A [start, end) range of a text, in UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

/** Longer stretches without a sentence end (tables, code, lists of names) are cut at line ends, then at spaces. */
const sentenceCharactersMax = 600;

/**
 * The sentences of a text, in order, without surrounding white space: the units that quotes are made of. Paragraphs,
 * list items and table rows end a sentence; abbreviations, initials, decimals, lower-case continuations, the marks within a row and
 * the title that a numbered clause opens with ("6. Pets. The tenant …") do not.
 */
export function splitSentences(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  for (const end of [...boundaries(text), text.length]) {
    const range = trimRange(text, start, end);
    if (range) ranges.push(...cutLong(text, range));
    start = end;
  }
  return ranges;
}

function* boundaries(text: string): Generator<number> {
  const rows = [...text.matchAll(/^\|.*\|[ \t]*$/gm)].map(({ 0: row, index }) => ({
    start: index,
    end: index + row.length,
  }));
  for (const match of text.matchAll(/\n[ \t]*(?=\n)|\n(?=[ \t]*(?:[-*•#>|]|\d{1,3}[.)] ))|[.!?…]+|[。！？]+/g)) {
    const [mark] = match;
    while ((rows[0]?.end ?? text.length) <= match.index) rows.shift();
    // A row is one sentence, however many its cells hold.
    if ((rows[0]?.start ?? text.length) < match.index) continue;
    if (mark.startsWith('\n') || /[。！？]/.test(mark)) {
      yield match.index + mark.length;
      continue;
    }
    const afterMark = afterClosing(text, match.index + mark.length);
    const next = skip(text, afterMark, /\s/);
    if (next > afterMark && endsSentence(text, match.index, mark, next)) yield afterMark;
  }
}

/** Past what belongs to the sentence behind its mark: quotation marks, brackets, and notes as in `1975.[12]: 40 [13]`. */
function afterClosing(text: string, from: number): number {
  const closing = /["'”’»)\]]|(?<![\s]) ?\[\d{1,4}\](?:: ?\d{1,4})?(?:[,–-] ?\d{1,4})*/y;
  for (let at = from; ; at = closing.lastIndex) {
    closing.lastIndex = at;
    if (!closing.test(text)) return at;
  }
}

/** "6." and "6. Pets." at the beginning of a line, and not "40 guests came." */
const clauseTitle = /^[ \t]*(?:§ ?)?\d{1,3}(?:\.\d{1,3})*(?:[.)](?:[ \t]+[\p{L}\p{M}\p{N}'’&-]+){0,3})?$/u;
const clauseTitleCharacters = 60;

function endsSentence(text: string, markIndex: number, mark: string, next: number): boolean {
  const isOnOneLine = !text.slice(markIndex, Math.min(next, markIndex + clauseTitleCharacters)).includes('\n');
  const before = `\n${text.slice(Math.max(0, markIndex - clauseTitleCharacters), markIndex)}`;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (mark === '.' && isOnOneLine && line.length < clauseTitleCharacters && clauseTitle.test(line)) return false;
  if (/\p{Ll}/u.test(String.fromCodePoint(text.codePointAt(next) ?? 0x20))) return false;
  return mark !== '.' || !(isAbbreviation(text, markIndex) || opensNumberOrDate(text, markIndex, text[next] ?? ''));
}

function cutLong(text: string, range: TextRange): TextRange[] {
  const pieces: TextRange[] = [];
  let { start } = range;
  while (range.end - start > sentenceCharactersMax) {
    const window = text.slice(start, start + sentenceCharactersMax);
    const cut =
      [window.lastIndexOf('\n'), window.lastIndexOf(' ')].find((at) => at > 0) ??
      characterBoundary(text, start + sentenceCharactersMax) - start;
    const piece = trimRange(text, start, start + cut);
    if (piece) pieces.push(piece);
    start += cut;
  }
  const rest = trimRange(text, start, range.end);
  return rest ? [...pieces, rest] : pieces;
}

function trimRange(text: string, start: number, end: number): TextRange | undefined {
  const from = skip(text, start, /\s/, end);
  let to = end;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return from < to ? { start: from, end: to } : undefined;
}

function skip(text: string, from: number, what: RegExp, end = text.length): number {
  let index = from;
  while (index < end && what.test(text[index] ?? '')) index++;
  return index;
}
