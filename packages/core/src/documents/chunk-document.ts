import { estimateTokens } from './estimate-tokens.ts';
import type { Block } from './parsed-document.ts';
import { type Span, splitBlock } from './split-block.ts';

/**
 * Sizes in estimated tokens. About 350 without overlap, cut at sentences, is on the flat top of published and our own
 * measurements of retrieval at a fixed token budget; overlap gained half a point there and shows people the same
 * sentence twice, so there is none.
 */
export const chunkTokens = { target: 350, max: 420, min: 80 } as const;

export interface DocumentChunk {
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  /** Titles of the headings above everything in the chunk, outermost first. */
  headingPath: string[];
  /** Always `canonicalText.slice(startOffset, endOffset)`. */
  content: string;
  tokenCount: number;
}

interface Piece extends Span {
  tokens: number;
  page: number | undefined;
  headingPath: readonly string[];
}

/**
 * Cuts a document into passages along its structure. A heading starts a passage unless the one before is still tiny, and
 * so does the next part (a file of an archive, a sheet): page numbers are of one part alone. Tables and code stay whole
 * when they fit; long paragraphs are cut between sentences. Passages are in order, do not overlap, leave out nothing but
 * white space between them, and hold at most `chunkTokens.max` tokens.
 *
 * A generator, so that a caller can let other work in between passages of a long document.
 */
export function* chunkDocument(document: {
  canonicalText: string;
  blocks: readonly Block[];
}): Generator<DocumentChunk> {
  const { canonicalText } = document;
  let ordinal = 0;
  for (const pieces of listPassages(canonicalText, document.blocks)) {
    const [first] = pieces;
    const last = pieces.at(-1);
    if (first === undefined || last === undefined) continue;
    const pages = pieces.flatMap((piece) => piece.page ?? []);
    yield {
      ordinal,
      startOffset: first.start,
      endOffset: last.end,
      pageFrom: pages.length === 0 ? null : Math.min(...pages),
      pageTo: pages.length === 0 ? null : Math.max(...pages),
      headingPath: commonPath(pieces),
      content: canonicalText.slice(first.start, last.end),
      tokenCount: estimateTokens(canonicalText, first.start, last.end),
    };
    ordinal += 1;
  }
}

interface OpenHeading {
  level: number;
  title: string;
}

function* listPassages(text: string, blocks: readonly Block[]): Generator<Piece[]> {
  const open: OpenHeading[] = [];
  for (const part of listParts(blocks)) yield* packPieces(listPieces(text, part, open));
}

/** Runs of blocks of the same part. */
function* listParts(blocks: readonly Block[]): Generator<Block[]> {
  let start = 0;
  for (let index = 1; index <= blocks.length; index += 1) {
    if (index < blocks.length && blocks[index]?.part === blocks[start]?.part) continue;
    yield blocks.slice(start, index);
    start = index;
  }
}

function* listPieces(
  text: string,
  blocks: readonly Block[],
  open: OpenHeading[],
): Generator<Piece & { isHeading: boolean }> {
  for (const block of blocks) {
    const isHeading = block.kind === 'heading';
    if (isHeading) {
      const level = block.level ?? 1;
      while ((open.at(-1)?.level ?? 0) >= level) open.pop();
      open.push({ level, title: text.slice(block.start, block.end) });
    }
    const headingPath = open.map((heading) => heading.title);
    for (const span of splitBlock(text, block, chunkTokens.target)) {
      yield { ...span, tokens: estimateTokens(text, span.start, span.end), page: block.page, headingPath, isHeading };
    }
  }
}

function* packPieces(pieces: Iterable<Piece & { isHeading: boolean }>): Generator<Piece[]> {
  let chunk: Piece[] = [];
  let headings: Piece[] = [];
  for (const piece of pieces) {
    if (piece.isHeading) {
      headings.push(piece);
      continue;
    }
    const size = sumTokens(chunk);
    const addition = sumTokens(headings) + piece.tokens;
    const startsSection = headings.length > 0 && size >= chunkTokens.min;
    if (chunk.length > 0 && (startsSection || size + addition > chunkTokens.target)) {
      yield chunk;
      chunk = [];
    }
    // A heading stays with what follows it, except a run of headings too long to share a passage.
    if (addition > chunkTokens.max) {
      yield* packHeadings(headings);
      chunk.push(piece);
    } else chunk.push(...headings, piece);
    headings = [];
  }
  if (sumTokens(chunk) + sumTokens(headings) <= chunkTokens.max) chunk.push(...headings);
  else {
    yield chunk;
    yield* packHeadings(headings);
    return;
  }
  if (chunk.length > 0) yield chunk;
}

function* packHeadings(headings: readonly Piece[]): Generator<Piece[]> {
  let chunk: Piece[] = [];
  for (const heading of headings) {
    if (chunk.length > 0 && sumTokens(chunk) + heading.tokens > chunkTokens.target) {
      yield chunk;
      chunk = [];
    }
    chunk.push(heading);
  }
  if (chunk.length > 0) yield chunk;
}

function sumTokens(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.tokens, 0);
}

function commonPath(pieces: readonly Piece[]): string[] {
  const [first, ...rest] = pieces;
  if (first === undefined) return [];
  const length = first.headingPath.findIndex((title, depth) =>
    rest.some((piece) => piece.headingPath[depth] !== title),
  );
  return first.headingPath.slice(0, length < 0 ? undefined : length);
}
