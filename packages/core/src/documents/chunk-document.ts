import { estimateTokens } from './estimate-tokens.ts';
import type { Block, TextPart } from './parsed-document.ts';
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
  /** Always the document's text from `startOffset` to `endOffset`. */
  content: string;
  tokenCount: number;
}

interface Piece extends Span {
  tokens: number;
  page: number | undefined;
  headingPath: readonly string[];
  isHeading: boolean;
}

/** Cuts a text that comes in parts. What is held of it is one part, and the passage that goes on in the next. */
export interface Chunker {
  /** The passages that end in this part, or before it. */
  add(part: TextPart): Generator<DocumentChunk>;
  /** Those that are left. */
  end(): Generator<DocumentChunk>;
}

/**
 * Cuts a document into passages along its structure. A heading starts a passage unless the one before is still tiny, and
 * so does the next part (a file of an archive, a sheet): page numbers are of one part alone. Tables and code stay whole
 * when they fit; long paragraphs are cut between sentences. Passages are in order, do not overlap, leave out nothing but
 * white space between them, and hold at most `chunkTokens.max` tokens. Into which parts the text was taken makes no
 * difference.
 *
 * Generators, so that a caller can let other work in between passages of a long document.
 */
export function createChunker(): Chunker {
  const open: OpenHeading[] = [];
  const packer = createPacker();
  let held = { start: 0, text: '' };
  let part: string | undefined;
  let ordinal = 0;
  const toChunk = (pieces: readonly Piece[]): DocumentChunk => {
    const [start, end] = [pieces[0]?.start ?? 0, pieces.at(-1)?.end ?? 0];
    const pages = pieces.flatMap((piece) => piece.page ?? []);
    const content = held.text.slice(start - held.start, end - held.start);
    return {
      ordinal: ordinal++,
      startOffset: start,
      endOffset: end,
      pageFrom: pages.length === 0 ? null : Math.min(...pages),
      pageTo: pages.length === 0 ? null : Math.max(...pages),
      headingPath: commonPath(pieces),
      content,
      tokenCount: estimateTokens(content),
    };
  };
  return {
    *add({ start, text, blocks }) {
      const from = packer.heldFrom() ?? start;
      held = { start: from, text: held.text.slice(from - held.start) + text };
      for (const block of blocks) {
        if (block.part !== part) for (const pieces of packer.end()) yield toChunk(pieces);
        part = block.part;
        for (const piece of listPieces(held, block, open)) {
          for (const pieces of packer.add(piece)) yield toChunk(pieces);
        }
      }
    },
    *end() {
      for (const pieces of packer.end()) yield toChunk(pieces);
    },
  };
}

/** As a chunker does, of a text that is there whole. */
export function* chunkDocument({
  canonicalText,
  blocks,
}: {
  canonicalText: string;
  blocks: readonly Block[];
}): Generator<DocumentChunk> {
  const chunker = createChunker();
  yield* chunker.add({ start: 0, text: canonicalText, blocks: [...blocks] });
  yield* chunker.end();
}

interface OpenHeading {
  level: number;
  title: string;
}

/** The pieces of a block, each with its place in the whole text. */
function* listPieces(held: { start: number; text: string }, block: Block, open: OpenHeading[]): Generator<Piece> {
  const { text } = held;
  const local = { ...block, start: block.start - held.start, end: block.end - held.start };
  const isHeading = block.kind === 'heading';
  if (isHeading) {
    const level = block.level ?? 1;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, title: text.slice(local.start, local.end) });
  }
  const headingPath = open.map((heading) => heading.title);
  for (const { start, end } of splitBlock(text, local, chunkTokens.target)) {
    const place = { start: held.start + start, end: held.start + end };
    yield { ...place, tokens: estimateTokens(text, start, end), page: block.page, headingPath, isHeading };
  }
}

/** Puts pieces together into passages, and yields each as soon as it is known to be whole. */
function createPacker() {
  let chunk: Piece[] = [];
  let headings: Piece[] = [];
  return {
    /** Where what has not been yielded begins. */
    heldFrom: (): number | undefined => (chunk[0] ?? headings[0])?.start,
    *add(piece: Piece): Generator<Piece[]> {
      if (piece.isHeading) {
        headings.push(piece);
        return;
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
    },
    *end(): Generator<Piece[]> {
      const [before, left] = [chunk, headings];
      [chunk, headings] = [[], []];
      const isOne = sumTokens(before) + sumTokens(left) <= chunkTokens.max;
      if (isOne) before.push(...left);
      if (before.length > 0) yield before;
      if (!isOne) yield* packHeadings(left);
    },
  };
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
