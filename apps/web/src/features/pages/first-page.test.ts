import { expect, test } from 'vitest';
import { firstPageOf } from './first-page.ts';

const blocks = [
  { kind: 'paragraph' as const, start: 0, end: 10, page: 4 },
  { kind: 'paragraph' as const, start: 12, end: 20, page: 5 },
  { kind: 'paragraph' as const, start: 22, end: 30, page: 1, part: 'list.pdf' },
];
const shown = { blocks, offset: 100, pageSource: 'pdf' as const };

test.each([
  ['the page of the block it stands in', { startOffset: 102, endOffset: 104 }, 4],
  ['the first of two', { startOffset: 102, endOffset: 118 }, 4],
  ['not that of a block it only touches', { startOffset: 110, endOffset: 118 }, 5],
  ['none of a file inside', { startOffset: 123, endOffset: 128 }, null],
  ['none where there is no text', { startOffset: 140, endOffset: 150 }, null],
])('a place has %s', (_, place, page) => {
  expect(firstPageOf(shown, place)).toBe(page);
});

test('what has no pages to show has no first one', () => {
  expect(firstPageOf({ ...shown, pageSource: null }, { startOffset: 102, endOffset: 104 })).toBeNull();
});
