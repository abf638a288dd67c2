import type { DocumentText } from './views.ts';

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

export interface Excerpt {
  blocks: ExcerptBlock[];
  hasBefore: boolean;
  hasAfter: boolean;
}

/** Marks nothing. */
export const nothingMarked = { startOffset: 0, endOffset: 0 };

/**
 * The document's blocks that touch the `radius` characters around [startOffset, endOffset), with that range marked.
 * A text without blocks is one paragraph.
 */
export function excerptAround(
  { text, blocks }: Pick<DocumentText, 'text' | 'blocks'>,
  { startOffset, endOffset }: { startOffset: number; endOffset: number },
  radius: number,
): Excerpt {
  const all: Block[] = blocks.length > 0 ? blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  const shown = all.filter((block) => block.end > startOffset - radius && block.start < endOffset + radius);
  let page: number | undefined;
  return {
    blocks: shown.map((block) => {
      const newPage = block.page !== undefined && block.page !== page ? block.page : null;
      page = block.page ?? page;
      return {
        kind: block.kind,
        level: block.level ?? 2,
        start: block.start,
        newPage,
        parts: partsOf(text, block, startOffset, endOffset),
      };
    }),
    hasBefore: shown[0] !== all[0],
    hasAfter: shown.at(-1) !== all.at(-1),
  };
}

/** The parts of blocks that lie within [startOffset, endOffset), nothing marked: one chunk as its document reads. */
export function blocksWithin(
  { text, blocks }: Pick<DocumentText, 'text' | 'blocks'>,
  { startOffset, endOffset }: { startOffset: number; endOffset: number },
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

function partsOf(text: string, block: Block, startOffset: number, endOffset: number): ExcerptPart[] {
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
export function stillSays(
  text: string,
  { startOffset, endOffset, quote }: { startOffset: number; endOffset: number; quote: string },
): boolean {
  const there = text.slice(startOffset, endOffset);
  return there !== '' && (there === quote || flat(there).startsWith(flat(quote.replace(/…$/, ''))));
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
