import { describe, expect, it } from 'vitest';
import { blocksWithin, excerptAround, stillSays } from './passage-excerpt.ts';

const text = 'Title\n\nThe rent is due.\n\nPets are fine.';
const blocks = [
  { kind: 'heading' as const, start: 0, end: 5, level: 1, page: 1 },
  { kind: 'paragraph' as const, start: 7, end: 23, page: 1 },
  { kind: 'paragraph' as const, start: 25, end: 39, page: 2 },
];

function markedText(startOffset: number, endOffset: number, radius = 1000): string {
  return excerptAround({ text, blocks }, { startOffset, endOffset }, radius)
    .blocks.flatMap((block) => block.parts)
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

  it('loses no character of the blocks it shows', () => {
    const shown = excerptAround({ text, blocks }, { startOffset: 11, endOffset: 15 }, 1000);
    const joined = shown.blocks.map((block) => block.parts.map((part) => part.text).join('')).join('\n\n');
    expect(joined).toBe(text);
  });

  it('says when there is more on either side', () => {
    const shown = excerptAround({ text, blocks }, { startOffset: 11, endOffset: 15 }, 2);
    expect(shown.blocks).toHaveLength(1);
    expect([shown.hasBefore, shown.hasAfter]).toEqual([true, true]);
  });

  it('names a page where it begins', () => {
    const pages = excerptAround({ text, blocks }, { startOffset: 0, endOffset: 0 }, 1000).blocks.map((b) => b.newPage);
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
