import { estimateTokens } from './estimate-tokens.ts';
import type { Block, BlockKind } from './parsed-document.ts';

/** [start, end) without white space at either end. */
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
  return splitSpan(text, block, cuts[block.kind], tokensMax);
}

function* splitSpan(text: string, span: Span, levels: readonly Cut[], tokensMax: number): Iterable<Span> {
  const trimmed = trim(text, span);
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
    if (open !== undefined) yield* splitSpan(text, open, finerCuts, tokensMax);
    open = { ...part, tokens };
  }
  if (open !== undefined) yield* splitSpan(text, open, finerCuts, tokensMax);
}

function trim(text: string, { start, end }: Span): Span | undefined {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from)) from += 1;
  while (to > from && isSpace(text, to - 1)) to -= 1;
  return from < to ? { start: from, end: to } : undefined;
}

function isSpace(text: string, index: number): boolean {
  return text.charCodeAt(index) <= 0x20;
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
/** The segmenter looks at its whole input at once: longer texts are fed to it in parts cut at line ends. */
const SEGMENTER_CHARACTERS_MAX = 200_000;

function* cutAtSentences(text: string, span: Span): Iterable<Span> {
  if (span.end - span.start > SEGMENTER_CHARACTERS_MAX) {
    yield* cutAtLines(text, span);
    return;
  }
  // The segmenter ends a sentence at every line end. Before a small letter the line was only wrapped.
  const unwrapped = text.slice(span.start, span.end).replace(/\n(?=\p{Ll})/gu, ' ');
  for (const { index, segment } of sentences.segment(unwrapped)) {
    yield { start: span.start + index, end: span.start + index + segment.length };
  }
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
    const found = text.indexOf(separator, from);
    const to = found < 0 || found >= end ? end : Math.min(end, found + separator.length);
    yield { start: from, end: to };
    from = to;
  }
}

/** One token is at least one UTF-16 unit, so pieces of this length fit any sensible limit. */
const LAST_RESORT_CHARACTERS = 200;

/** Text without spaces (encoded data, some scripts): equal lengths, never through a surrogate pair. */
function* cutAnywhere(text: string, { start, end }: Span): Iterable<Span> {
  let from = start;
  while (from < end) {
    let to = Math.min(end, from + LAST_RESORT_CHARACTERS);
    if (to < end && text.charCodeAt(to) >= 0xdc00 && text.charCodeAt(to) <= 0xdfff) to += 1;
    yield { start: from, end: to };
    from = to;
  }
}
