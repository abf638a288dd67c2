import { joinBoxes } from '../page-box.ts';
import type { PageBox } from '../parsed-document.ts';
import type { PageWord } from './drawn-page.ts';

/** A block that a quote touches. */
export interface QuotedBlock {
  /** Of the whole block. */
  text: string;
  /** The quote in it: [start, end). */
  start: number;
  end: number;
  /** Where the block stands; undefined where that is not known. */
  boxes: readonly PageBox[] | undefined;
}

export interface PageMarks {
  /** One rectangle a line, or where the words were not found one a block. */
  boxes: PageBox[];
  /** Whether all of it is the quote's words, and none a whole block around them. */
  isExact: boolean;
}

/**
 * Finds a quote on a page: its letters and digits among those of the words that stand in its blocks, since spaces, hyphens at
 * line ends and marks of lists differ between the page and the text. Where that fails the whole block is marked, and so are
 * those left when the work is more than any page asks for: it is done between answers, and a file may be made to be slow.
 */
export function markWords(words: readonly PageWord[], blocks: readonly QuotedBlock[]): PageMarks {
  const effort = { left: EFFORT_MAX };
  const folded = blocks.length === 0 ? [] : words.map((word) => ({ ...word, letters: letters(word.text) }));
  const found = blocks.map((block) => markBlock(folded, block, effort));
  return { boxes: found.flatMap(({ boxes }) => boxes), isExact: found.every(({ isExact }) => isExact) };
}

interface FoldedWord extends PageWord {
  letters: string;
}

/** Counted in letters that are looked at. All of it takes less than a second. */
interface Effort {
  left: number;
}
const EFFORT_MAX = 20_000_000;
/** What folding a letter and sorting a word take. */
const FOLD_EFFORT = 5;
const SORT_EFFORT = 50;

/** @returns Whether it may be done. */
function spend(effort: Effort, letterCount: number): boolean {
  effort.left -= letterCount;
  return effort.left >= 0;
}

function markBlock(words: readonly FoldedWord[], block: QuotedBlock, effort: Effort): PageMarks {
  const found = findBlock(words, block, effort);
  if (found.length > 0) return { boxes: joinOnLines(found), isExact: true };
  return { boxes: [...(block.boxes ?? [])], isExact: false };
}

function findBlock(words: readonly FoldedWord[], block: QuotedBlock, effort: Effort): PageWord[] {
  const { boxes } = block;
  const asked = words.length * (boxes?.length ?? 1) + FOLD_EFFORT * block.text.length;
  if (!spend(effort, asked)) return [];
  const inside = words.filter(({ box }) => boxes === undefined || boxes.some((outer) => holds(outer, box)));
  const quotes = [block.text, withoutAddresses(block.text)].map((text) => quoteOf({ ...block, text }));
  const asDrawn = findAny(inside, quotes, effort);
  if (asDrawn.length > 0 || !spend(effort, SORT_EFFORT * inside.length)) return asDrawn;
  return findAny(inside.toSorted(byLine), quotes, effort);
}

/** Addresses of links stand in the text behind what leads there, and not on the page. Offsets stay. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/ \((?:https?|mailto|tel|ftp):[^\s)]+\)/g, (address) => ' '.repeat(address.length));
}

interface Quote {
  /** Letters of the block before it. */
  before: number;
  whole: string;
  rows: string[];
}

function quoteOf({ text, start, end }: QuotedBlock): Quote {
  const quoted = text.slice(start, end);
  return {
    before: letters(text.slice(0, start)).length,
    whole: letters(quoted),
    rows: quoted.split('\n').map(letters).filter(Boolean),
  };
}

/** The words of the first of the quotes that is found as a whole. */
function findAny(words: readonly FoldedWord[], quotes: readonly Quote[], effort: Effort): PageWord[] {
  const page = { ...lettersOfWords(words), effort };
  for (const quote of quotes) {
    const found = findQuote(page, quote);
    if (found.length > 0) return found;
  }
  return [];
}

interface Page extends ReturnType<typeof lettersOfWords> {
  effort: Effort;
}

/** The words of the quote; none unless all of it is found. */
function findQuote(page: Page, { before, whole, rows }: Quote): PageWord[] {
  const place = findPlace(page, whole, before);
  if (place !== undefined) return page.between(place);
  // Rows of a table may have other text between them on the page than in the document.
  if (rows.length < 2) return [];
  let from = before;
  const places: Place[] = [];
  for (const row of rows) {
    const at = findPlace(page, row, from);
    if (at === undefined) return [];
    from = at[1];
    places.push(at);
  }
  return spend(page.effort, places.length * page.wordCount) ? places.flatMap((at) => page.between(at)) : [];
}

type Place = [from: number, to: number];

/** The nearest place to where it is expected. */
function findPlace(page: Page, wanted: string, expected: number): Place | undefined {
  if (wanted === '') return undefined;
  const exact = nearest(page, wanted, expected);
  if (exact !== undefined) return [exact, exact + wanted.length];
  if (wanted.length < 2 * ANCHOR_LETTERS) return undefined;
  // A character in the middle that is told differently, as in formulas: from the first words to the last.
  const from = nearest(page, wanted.slice(0, ANCHOR_LETTERS), expected);
  if (from === undefined) return undefined;
  const last = nearest(page, wanted.slice(-ANCHOR_LETTERS), from + wanted.length - ANCHOR_LETTERS);
  if (last === undefined) return undefined;
  const to = last + ANCHOR_LETTERS;
  return Math.abs(to - from - wanted.length) <= DIFFERENCE_MAX * wanted.length ? [from, to] : undefined;
}

const ANCHOR_LETTERS = 12;
/** Of a quote's length. */
const DIFFERENCE_MAX = 0.1;

function nearest({ text, effort }: Page, wanted: string, expected: number): number | undefined {
  if (wanted.length > text.length || !spend(effort, text.length + wanted.length)) return undefined;
  let best: number | undefined;
  for (const at of occurrences(text, wanted)) {
    if (best === undefined || Math.abs(at - expected) <= Math.abs(best - expected)) best = at;
    if (at >= expected) break;
  }
  return best;
}

/** In time linear in both (Knuth, Morris and Pratt), whatever they repeat; `indexOf` may take their product. */
function* occurrences(text: string, wanted: string): Generator<number> {
  const borders = new Int32Array(wanted.length);
  for (let at = 1, border = 0; at < wanted.length; at += 1) {
    while (border > 0 && wanted[at] !== wanted[border]) border = borders[border - 1] ?? 0;
    if (wanted[at] === wanted[border]) border += 1;
    borders[at] = border;
  }
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    while (matched > 0 && text[at] !== wanted[matched]) matched = borders[matched - 1] ?? 0;
    if (text[at] === wanted[matched]) matched += 1;
    if (matched < wanted.length) continue;
    yield at + 1 - matched;
    matched = borders[matched - 1] ?? 0;
  }
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function lettersOfWords(words: readonly FoldedWord[]) {
  const text = words.map(({ letters }) => letters).join('');
  let end = 0;
  const ends = words.map(({ letters }) => (end += letters.length));
  const between = ([from, to]: Place): PageWord[] =>
    words.filter((_, index) => (ends[index] ?? 0) > from && (ends[index - 1] ?? 0) < to);
  return { text, between, wordCount: words.length };
}

/** Boxes are rounded, and letters may stand out of the line they belong to. */
const SLACK = 2;

function holds(outer: PageBox, box: PageBox): boolean {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return (
    x >= outer.x - SLACK &&
    x <= outer.x + outer.width + SLACK &&
    y >= outer.y - SLACK &&
    y <= outer.y + outer.height + SLACK
  );
}

/** Files may draw words in any order. */
function byLine(one: PageWord, other: PageWord): number {
  const isSameLine = isOnLineOf(one, other);
  return isSameLine ? one.box.x - other.box.x : one.box.y - other.box.y;
}

/** One rectangle for words that follow one another on a line. */
function joinOnLines(words: readonly PageWord[]): PageBox[] {
  const joined: PageWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && isOnLineOf(last, word) && isNear(last, word)) {
      joined[joined.length - 1] = { ...last, box: joinBoxes(last.box, word.box) };
    } else joined.push(word);
  }
  return joined.map(({ box }) => box);
}

/** From where to where a word reaches across its line, and along it. */
function extents({ box: { x, y, width, height }, isSideways }: PageWord) {
  const [horizontal, vertical] = [
    { from: x, to: x + width },
    { from: y, to: y + height },
  ];
  return isSideways ? { across: horizontal, along: vertical } : { across: vertical, along: horizontal };
}

function overlap(one: { from: number; to: number }, other: { from: number; to: number }): number {
  return Math.min(one.to, other.to) - Math.max(one.from, other.from);
}

function isOnLineOf(one: PageWord, other: PageWord): boolean {
  if (one.isSideways !== other.isSideways) return false;
  const [{ across }, { across: next }] = [extents(one), extents(other)];
  return overlap(across, next) > 0.5 * Math.min(across.to - across.from, next.to - next.from);
}

/** No further apart than words of a justified line; words of another column are. */
function isNear(one: PageWord, other: PageWord): boolean {
  const { across, along } = extents(one);
  return overlap(along, extents(other).along) > -2 * (across.to - across.from);
}
