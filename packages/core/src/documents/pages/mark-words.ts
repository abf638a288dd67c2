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
 * line ends and marks of lists differ between the page and the text. Where that fails the whole block is marked.
 */
export function markWords(words: readonly PageWord[], blocks: readonly QuotedBlock[]): PageMarks {
  const found = blocks.map((block) => markBlock(words, block));
  return { boxes: found.flatMap(({ boxes }) => boxes), isExact: found.every(({ isExact }) => isExact) };
}

function markBlock(words: readonly PageWord[], block: QuotedBlock): PageMarks {
  const inside = words.filter(({ box }) => block.boxes === undefined || block.boxes.some((outer) => holds(outer, box)));
  const bare = { ...block, text: withoutAddresses(block.text) };
  for (const order of [inside, inside.toSorted(byLine)]) {
    for (const quoted of [block, bare]) {
      const found = findWords(order, quoted);
      if (found.length > 0) return { boxes: joinOnLines(found), isExact: true };
    }
  }
  return { boxes: [...(block.boxes ?? [])], isExact: false };
}

/** Addresses of links stand in the text behind what leads there, and not on the page. Offsets stay. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/ \((?:https?|mailto|tel|ftp):[^\s)]+\)/g, (address) => ' '.repeat(address.length));
}

/** The words of the quote; none unless all of it is found. */
function findWords(words: readonly PageWord[], { text, start, end }: QuotedBlock): PageWord[] {
  const page = lettersOfWords(words);
  const before = letters(text.slice(0, start)).length;
  const whole = letters(text.slice(start, end));
  const place = findPlace(page.text, whole, before);
  if (place !== undefined) return page.between(place);
  // Rows of a table may have other text between them on the page than in the document.
  const rows = text.slice(start, end).split('\n').map(letters).filter(Boolean);
  if (rows.length < 2) return [];
  let from = before;
  const places = rows.map((row) => {
    const at = findPlace(page.text, row, from);
    from = at?.[1] ?? from;
    return at;
  });
  return places.includes(undefined) ? [] : places.flatMap((at) => (at === undefined ? [] : page.between(at)));
}

type Place = [from: number, to: number];

/** The nearest place to where it is expected. */
function findPlace(text: string, wanted: string, expected: number): Place | undefined {
  if (wanted === '') return undefined;
  const exact = nearest(text, wanted, expected);
  if (exact !== undefined) return [exact, exact + wanted.length];
  if (wanted.length < 2 * ANCHOR_LETTERS) return undefined;
  // A character in the middle that is told differently, as in formulas: from the first words to the last.
  const from = nearest(text, wanted.slice(0, ANCHOR_LETTERS), expected);
  if (from === undefined) return undefined;
  const last = nearest(text, wanted.slice(-ANCHOR_LETTERS), from + wanted.length - ANCHOR_LETTERS);
  if (last === undefined) return undefined;
  const to = last + ANCHOR_LETTERS;
  return Math.abs(to - from - wanted.length) <= DIFFERENCE_MAX * wanted.length ? [from, to] : undefined;
}

const ANCHOR_LETTERS = 12;
/** Of a quote's length. */
const DIFFERENCE_MAX = 0.1;

function nearest(text: string, wanted: string, expected: number): number | undefined {
  const before = text.lastIndexOf(wanted, expected);
  const after = text.indexOf(wanted, expected);
  if (before < 0 || after < 0) return before < 0 && after < 0 ? undefined : Math.max(before, after);
  return expected - before < after - expected ? before : after;
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function lettersOfWords(words: readonly PageWord[]) {
  let text = '';
  const ends = words.map((word) => {
    text += letters(word.text);
    return text.length;
  });
  const between = ([from, to]: Place) =>
    words.filter((_, index) => (ends[index] ?? 0) > from && (ends[index - 1] ?? 0) < to);
  return { text, between };
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
