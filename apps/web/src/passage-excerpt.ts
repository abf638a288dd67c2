import type { DocumentText, PassageWindow } from './views.ts';

type Block = DocumentText['blocks'][number];

export interface ExcerptPart {
  text: string;
  marked: boolean;
}

export interface ExcerptBlock {
  kind: Block['kind'];
  level: number;
  start: number;
  /** The page this block begins, where it is another than the block before it. */
  newPage: number | null;
  parts: ExcerptPart[];
}

interface Place {
  startOffset: number;
  endOffset: number;
}

/** Marks nothing. */
const nothing: Place = { startOffset: 0, endOffset: 0 };

/** A place of the document as a place of the window's text. */
export function placeIn({ offset }: Pick<PassageWindow, 'offset'>, { startOffset, endOffset }: Place): Place {
  return { startOffset: startOffset - offset, endOffset: endOffset - offset };
}

/** The blocks of a text, with [startOffset, endOffset) marked. A text without blocks is one paragraph. */
export function blocksOf({ text, blocks }: Pick<DocumentText, 'text' | 'blocks'>, marked: Place): ExcerptBlock[] {
  const all: Block[] = blocks.length > 0 ? blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  let page: number | undefined;
  return all.map((block) => {
    const newPage = block.page !== undefined && block.page !== page ? block.page : null;
    page = block.page ?? page;
    return {
      kind: block.kind,
      level: block.level ?? 2,
      start: block.start,
      newPage,
      parts: partsOf(text, block, marked),
    };
  });
}

/** The blocks that begin within the first `characters`. */
export function firstBlocks(
  { text, blocks }: Pick<DocumentText, 'text' | 'blocks'>,
  characters: number,
): { blocks: ExcerptBlock[]; hasMore: boolean } {
  const first = blocks.filter(({ start }) => start < characters);
  return { blocks: blocksOf({ text, blocks: first }, nothing), hasMore: first.length < blocks.length };
}

/** The parts of blocks that lie within [startOffset, endOffset), nothing marked: one chunk as its document reads. */
export function blocksWithin(
  { text, blocks }: Pick<DocumentText, 'text' | 'blocks'>,
  { startOffset, endOffset }: Place,
): ExcerptBlock[] {
  const all: Block[] = blocks.length > 0 ? blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  return all
    .filter((block) => block.end > startOffset && block.start < endOffset)
    .map((block) => {
      const from = Math.max(block.start, startOffset);
      const part = { text: text.slice(from, Math.min(block.end, endOffset)), marked: false };
      return { kind: block.kind, level: block.level ?? 2, start: from, newPage: null, parts: [part] };
    });
}

function partsOf(text: string, block: Block, { startOffset, endOffset }: Place): ExcerptPart[] {
  const from = Math.max(block.start, startOffset);
  const to = Math.min(block.end, endOffset);
  if (from >= to) {
    return [{ text: text.slice(block.start, block.end), marked: false }];
  }
  return [
    { text: text.slice(block.start, from), marked: false },
    { text: text.slice(from, to), marked: true },
    { text: text.slice(to, block.end), marked: false },
  ].filter((part) => part.text !== '');
}

/** Whether the document still says, at these offsets, what the answer quoted. Only then is anything highlighted. */
export function stillSays(text: string, { startOffset, endOffset, quote }: Place & { quote: string }): boolean {
  const there = text.slice(startOffset, endOffset);
  return there !== '' && (there === quote || flat(there).startsWith(flat(quote.replace(/…$/, ''))));
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
