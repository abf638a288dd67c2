import { expect, test } from 'vitest';
import { windowAround } from './get-passage.ts';
import type { Block } from './parsed-document.ts';

const paragraphs = Array.from({ length: 1_000 }, (_, n) => `Paragraph ${n} of the book.`);
const text = paragraphs.join('\n\n');
const blocks: Block[] = [];
for (const [n, paragraph] of paragraphs.entries()) {
  const start = (blocks.at(-1)?.end ?? -2) + 2;
  blocks.push({ kind: 'paragraph', start, end: start + paragraph.length, page: n + 1 });
}

function placeOf(words: string) {
  const startOffset = text.indexOf(words);
  return { startOffset, endOffset: startOffset + words.length, radius: 60 };
}

test('a passage comes with whole paragraphs around it, and their offsets within what came', () => {
  const place = placeOf('Paragraph 500 of');
  const window = windowAround({ start: 0, text, blocks }, place);
  expect(window.text.slice(place.startOffset - window.offset, place.endOffset - window.offset)).toBe(
    'Paragraph 500 of',
  );
  const shown = window.blocks.map(({ start, end }) => window.text.slice(start, end));
  expect(shown).toEqual(paragraphs.slice(497, 503));
  expect(window).toMatchObject({ hasBefore: true, hasAfter: true });
});

test.each([
  ['the beginning', 'Paragraph 0 of', { hasBefore: false, hasAfter: true }],
  ['the end', 'Paragraph 999 of', { hasBefore: true, hasAfter: false }],
])('%s of a document says that there is no more', (_, words, expected) => {
  expect(windowAround({ start: 0, text, blocks }, placeOf(words))).toMatchObject(expected);
});

test('a text of one endless block is cut, and not within a character', () => {
  const endless = '🐝'.repeat(100_000);
  const window = windowAround(
    { start: 0, text: endless, blocks: [] },
    { startOffset: 50_000, endOffset: 50_010, radius: 51 },
  );
  expect(window.text.length).toBeLessThan(250);
  expect(window.text.isWellFormed()).toBe(true);
  expect(window).toMatchObject({ hasBefore: true, hasAfter: true, blocks: [{ start: 0, end: window.text.length }] });
});

test('a place beyond the end, as of an older version, yields the end', () => {
  const window = windowAround({ start: 0, text, blocks }, { startOffset: 1e9, endOffset: 1e9 + 5, radius: 60 });
  expect(window.text).toContain('Paragraph 999');
  expect(window.hasAfter).toBe(false);
});
