import { describe, expect, it } from 'vitest';
import { blocksOf, blocksWithin, firstBlocks, placeIn, stillSays } from './passage-excerpt.ts';

const text = 'Title\n\nThe rent is due.\n\nPets are fine.';
const blocks = [
  { kind: 'heading' as const, start: 0, end: 5, level: 1, page: 1 },
  { kind: 'paragraph' as const, start: 7, end: 23, page: 1 },
  { kind: 'paragraph' as const, start: 25, end: 39, page: 2 },
];

function markedText(startOffset: number, endOffset: number): string {
  return blocksOf({ text, blocks }, { startOffset, endOffset })
    .flatMap((block) => block.parts)
    .filter((part) => part.marked)
    .map((part) => part.text)
    .join('|');
}

describe('a passage in its document', () => {
  it('marks exactly the quoted range', () => {
    expect(markedText(11, 15)).toBe('rent');
  });

  it('marks a range that runs over several blocks in each of them', () => {
    expect(markedText(16, 29)).toBe('is due.|Pets');
  });

  it('is found again in a window that begins later in the document', () => {
    expect(placeIn({ offset: 7 }, { startOffset: 11, endOffset: 15 })).toEqual({ startOffset: 4, endOffset: 8 });
  });

  it('loses no character of the blocks it shows', () => {
    const shown = blocksOf({ text, blocks }, { startOffset: 11, endOffset: 15 });
    const joined = shown.map((block) => block.parts.map((part) => part.text).join('')).join('\n\n');
    expect(joined).toBe(text);
  });

  it('of a long text shows the first blocks, and says that there are more', () => {
    const shown = firstBlocks({ text, blocks }, 10);
    expect(shown.blocks).toHaveLength(2);
    expect(shown.hasMore).toBe(true);
    expect(firstBlocks({ text, blocks: [] }, 10)).toMatchObject({ blocks: [{ parts: [{ text }] }], hasMore: false });
  });

  it('names a page where it begins', () => {
    const pages = blocksOf({ text, blocks }, { startOffset: 0, endOffset: 0 }).map((block) => block.newPage);
    expect(pages).toEqual([1, null, 2]);
  });

  it('is shown for a chunk without a character from outside it', () => {
    const shown = blocksWithin({ text, blocks }, { startOffset: 11, endOffset: 29 });
    expect(shown.map((block) => block.parts[0]?.text)).toEqual(['rent is due.', 'Pets']);
  });

  it('is highlighted only while the document still says the same', () => {
    expect(stillSays(text, { startOffset: 7, endOffset: 23, quote: 'The rent is due.' })).toBe(true);
    expect(stillSays(text, { startOffset: 7, endOffset: 23, quote: 'The rent is high.' })).toBe(false);
    expect(stillSays(text, { startOffset: 900, endOffset: 923, quote: '' })).toBe(false);
  });
});
