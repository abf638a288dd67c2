import { isAbbreviation } from '../abbreviation.ts';
import { clusterBoundary, isPartOfCharacter } from '../character-boundary.ts';
import { bracketedAddress } from './bracketed-address.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { Block, BlockKind } from './parsed-document.ts';

/** [start, end) without white space at either end, but for the indent of the line of code that it begins with. */
export interface Span {
  start: number;
  end: number;
}

/** Cuts a span of text into smaller ones, in order. */
type Cut = (text: string, span: Span) => Iterable<Span>;

const proseCuts: readonly Cut[] = [cutAtSentences, cutAtLines, cutAtSpaces, cutAnywhere];
const cuts: Record<BlockKind, readonly Cut[]> = {
  heading: proseCuts,
  paragraph: proseCuts,
  'list-item': proseCuts,
  quote: proseCuts,
  table: [cutAtLines, cutAtSpaces, cutAnywhere],
  code: [cutAtBlankLines, cutAtLines, cutAtSpaces, cutAnywhere],
};

/**
 * The block whole when it fits into `tokensMax`, else the fewest pieces cut at the best places that make it fit:
 * between sentences (prose), rows (tables) or blank lines (code), and only inside of those when they are too long.
 */
export function splitBlock(text: string, block: Block, tokensMax: number): Iterable<Span> {
  const trimEnds = block.kind === 'code' ? trimCode : trim;
  return splitSpan(text, block, cuts[block.kind], { tokensMax, trimEnds });
}

interface SplitRules {
  tokensMax: number;
  trimEnds: (text: string, span: Span) => Span | undefined;
}

function* splitSpan(text: string, span: Span, levels: readonly Cut[], rules: SplitRules): Iterable<Span> {
  const { tokensMax } = rules;
  const trimmed = rules.trimEnds(text, span);
  if (trimmed === undefined) return;
  const [cut, ...finerCuts] = levels;
  if (cut === undefined || estimateTokens(text, trimmed.start, trimmed.end) <= tokensMax) {
    yield trimmed;
    return;
  }
  let open: (Span & { tokens: number }) | undefined;
  for (const part of cut(text, trimmed)) {
    const tokens = estimateTokens(text, part.start, part.end);
    if (open !== undefined && open.tokens + tokens <= tokensMax) {
      open = { start: open.start, end: part.end, tokens: open.tokens + tokens };
      continue;
    }
    if (open !== undefined) yield* splitSpan(text, open, finerCuts, rules);
    open = { ...part, tokens };
  }
  if (open !== undefined) yield* splitSpan(text, open, finerCuts, rules);
}

function trim(text: string, { start, end }: Span): Span | undefined {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from) && !isPartOfCharacter(text, from + 1)) from += 1;
  while (to > from && isSpace(text, to - 1)) to -= 1;
  return from < to ? { start: from, end: to } : undefined;
}

/** Keeps the indent of the first line that has text. */
function trimCode(text: string, span: Span): Span | undefined {
  const trimmed = trim(text, span);
  if (trimmed === undefined) return undefined;
  const dropped = text.slice(span.start, trimmed.start);
  return { ...trimmed, start: span.start + dropped.lastIndexOf('\n') + 1 };
}

function isSpace(text: string, index: number): boolean {
  return text.charCodeAt(index) <= 0x20;
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
/** The segmenter looks at its whole input at once: longer texts are fed to it in windows of this size. */
const WINDOW_CHARACTERS = 100_000;

function* cutAtSentences(text: string, span: Span): Iterable<Span> {
  let from = span.start;
  while (from < span.end) {
    const to = endOfWindow(text, from, span.end);
    // The segmenter ends a sentence at every line end. Before a small letter the line was only wrapped.
    const unwrapped = text
      .slice(from, to)
      .replace(/\n(?=\p{Ll})/gu, ' ')
      // It also ends one at the question mark of an address.
      .replace(bracketedAddress, (address) => '-'.repeat(address.length));
    const found = joinAbbreviated(unwrapped, [...sentences.segment(unwrapped)]);
    // The last sentence of a window may go on in the next one, which starts with it.
    const whole = to < span.end && found.length > 1 ? found.slice(0, -1) : found;
    for (const { index, segment } of whole) yield { start: from + index, end: from + index + segment.length };
    const last = whole.at(-1);
    from = last === undefined ? to : from + last.index + last.segment.length;
  }
}

/** Behind a space, where there is one: no word is cut in two. */
function endOfWindow(text: string, from: number, end: number): number {
  const at = from + WINDOW_CHARACTERS;
  if (at >= end) return end;
  const space = text.lastIndexOf(' ', at);
  return space > from && !isPartOfCharacter(text, space + 1) ? space + 1 : clusterBoundary(text, at - 200, at);
}

/** The segmenter ends a sentence behind “Dr.” and “J.”, and before the colour of an emoji. */
function joinAbbreviated(text: string, segments: readonly Intl.SegmentData[]) {
  const joined: { index: number; segment: string }[] = [];
  let isOpen = false;
  for (const { index, segment } of segments) {
    const last = joined.at(-1);
    if (last !== undefined && (isOpen || isPartOfCharacter(text, index))) last.segment += segment;
    else joined.push({ index, segment });
    const end = index + segment.trimEnd().length;
    isOpen = text[end - 1] === '.' && !segment.endsWith('\n') && isAbbreviation(text, end - 1);
  }
  return joined;
}

function* cutAtBlankLines(text: string, span: Span): Iterable<Span> {
  yield* cutAfter(text, span, '\n\n');
}

function* cutAtLines(text: string, span: Span): Iterable<Span> {
  yield* cutAfter(text, span, '\n');
}

function* cutAtSpaces(text: string, span: Span): Iterable<Span> {
  yield* cutAfter(text, span, ' ');
}

function* cutAfter(text: string, { start, end }: Span, separator: string): Iterable<Span> {
  let from = start;
  while (from < end) {
    let found = text.indexOf(separator, from);
    while (found >= 0 && found < end && isPartOfCharacter(text, found + separator.length)) {
      found = text.indexOf(separator, found + separator.length);
    }
    const to = found < 0 || found >= end ? end : Math.min(end, found + separator.length);
    yield { start: from, end: to };
    from = to;
  }
}

/** One token is at least one UTF-16 unit, so pieces of this length fit any sensible limit. */
const LAST_RESORT_CHARACTERS = 200;

/** Text without spaces (encoded data, some scripts): equal lengths, never through a character. */
function* cutAnywhere(text: string, { start, end }: Span): Iterable<Span> {
  let from = start;
  while (from < end) {
    const to = Math.min(end, clusterBoundary(text, from, from + LAST_RESORT_CHARACTERS));
    yield { start: from, end: to };
    from = to;
  }
}
