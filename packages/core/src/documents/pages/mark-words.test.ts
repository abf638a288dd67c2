import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import type { PageWord } from './drawn-page.ts';
import { markWords } from './mark-words.ts';

/** Lines of words, each letter 5 points wide, each line 12 points below the one before. */
function lay(lines: readonly string[], left = 50): PageWord[] {
  return lines.flatMap((line, at) =>
    Array.from(line.matchAll(/\S+/g), ({ 0: text, index }) => ({
      text,
      isSideways: false,
      box: { x: left + 5 * index, y: 100 + 12 * at, width: 5 * text.length, height: 10 },
    })),
  );
}

const block = { x: 50, y: 100, width: 400, height: 60 };

function mark(words: readonly PageWord[], text: string, quote: string, boxes = [block], from = 0) {
  const start = text.indexOf(quote, from);
  return markWords(words, [{ text, start, end: start + quote.length, boxes }]);
}

/** The words that a mark lies over. */
function under(words: readonly PageWord[], boxes: readonly { x: number; y: number; width: number }[]): string[] {
  return boxes.map((box) =>
    words
      .filter(({ box: { x, y, width } }) => y === box.y && x >= box.x && x + width <= box.x + box.width)
      .map(({ text }) => text)
      .join(' '),
  );
}

test('a quote is marked by one rectangle a line, over the hyphen at its end', () => {
  const words = lay(['It came with one sail and no rud-', 'der at all, and was scrapped.']);
  const { boxes, isExact } = mark(
    words,
    'It came with one sail and no rudder at all, and was scrapped.',
    'no rudder at all',
  );
  expect(isExact).toBe(true);
  expect(under(words, boxes)).toEqual(['no rud-', 'der at all,']);
});

test('of words that are said twice the ones that are quoted are marked', () => {
  const line = 'the tide turns and the tide turns and the tide turns';
  const words = lay([line]);
  const { boxes } = mark(words, line, 'the tide turns', [block], 5);
  expect(boxes).toEqual([{ x: 50 + 5 * 19, y: 100, width: 70, height: 10 }]);
});

test('marks of lists, ligatures, soft signs and cells do not stand in the way', () => {
  const items = lay(['\u2022 An e\ufb03cient \u201clamp\u201d, lit']);
  expect(under(items, mark(items, 'An efficient "lamp", lit', 'efficient "lamp"').boxes)).toEqual([
    'e\ufb03cient \u201clamp\u201d,',
  ]);
  const cells = lay(['Lamp oil     11.00', 'Rope     2.40']);
  const rows = mark(cells, '| Lamp oil | 11.00 |\n| Rope | 2.40 |', '| Rope | 2.40 |');
  // Cells that stand apart are marked each.
  expect(under(cells, rows.boxes)).toEqual(['Rope', '2.40']);
});

test('rows with a line between them on the page are marked, and not that line', () => {
  const words = lay(['Rope 2.40', 'carried forward', 'Oil 11.00']);
  const text = '| Rope | 2.40 |\n| Oil | 11.00 |';
  expect(under(words, mark(words, text, text).boxes)).toEqual(['Rope 2.40', 'Oil 11.00']);
});

test('the address behind a link is in the text and not on the page', () => {
  const words = lay(['Tea is sold in our shop and in the harbour.']);
  const text = 'Tea is sold in our shop (https://example.org/shop) and in the harbour.';
  expect(under(words, mark(words, text, 'our shop (https://example.org/shop) and in').boxes)).toEqual([
    'our shop and in',
  ]);
  expect(under(words, mark(words, text, 'in the harbour').boxes)).toEqual(['in the harbour.']);
});

test('a sign in the middle that is told in another way leaves the words around it', () => {
  const words = lay(['The model has about \u21b5ective parameters and learns them all at once.']);
  const text = 'The model has about effective parameters and learns them all at once.';
  const { isExact, boxes } = mark(words, text, text);
  expect(isExact).toBe(true);
  expect(boxes).toHaveLength(1);
});

test('words are found in their block alone, in whatever order the file draws them', () => {
  const left = lay(['the bar at high water', 'is never seen']);
  const right = lay(['the bar at high water'], 600);
  const boxes = [{ x: 598, y: 98, width: 200, height: 14 }];
  expect(mark([...left, ...right], 'the bar at high water', 'high water', boxes).boxes).toEqual([
    { x: 600 + 5 * 11, y: 100, width: 50, height: 10 },
  ]);
  const shuffled = left.toReversed();
  expect(under(left, mark(shuffled, 'the bar at high water is never seen', 'water is never').boxes)).toEqual([
    'water',
    'is never',
  ]);
});

test('words on their side are joined along their line', () => {
  const words = ['Lies', 'on', 'its'].map((text, at) => ({
    text,
    isSideways: true,
    box: { x: 700, y: 60 + 30 * at, width: 10, height: 20 },
  }));
  const boxes = [{ x: 695, y: 50, width: 20, height: 200 }];
  expect(mark(words, 'Lies on its', 'Lies on', boxes)).toEqual({
    boxes: [{ x: 700, y: 60, width: 10, height: 50 }],
    isExact: true,
  });
});

test('what is not found is marked by its block, and what stands nowhere by nothing', () => {
  expect(mark([], 'She kept the lamp.', 'the lamp')).toEqual({ boxes: [block], isExact: false });
  expect(mark(lay(['Something else']), 'She kept the lamp.', 'the lamp')).toEqual({ boxes: [block], isExact: false });
  expect(markWords([], [{ text: 'A note.', start: 0, end: 7, boxes: undefined }])).toEqual({
    boxes: [],
    isExact: false,
  });
  expect(markWords(lay(['A page']), [])).toEqual({ boxes: [], isExact: true });
});

test('a page that is made to be slow takes no longer than others are kept waiting', async () => {
  const everywhere = { x: 0, y: 0, width: 2_000, height: 20_000 };
  const many = lay(Array.from({ length: 1_000 }, (_, line) => `word${line} `.repeat(20)));
  const absent = { text: 'It is not there, and nobody can find it.', start: 0, end: 40, boxes: [everywhere] };
  const alike = lay(Array.from({ length: 500 }, () => 'a'.repeat(1_000)));
  const nearly = `${'a'.repeat(10_000)}b${'a'.repeat(9_999)}`;
  const mark = () => {
    markWords(alike, [{ text: nearly, start: 0, end: nearly.length, boxes: undefined }]);
    return markWords(
      many,
      Array.from({ length: 400 }, () => absent),
    );
  };
  expect(await isSlow(mark, 4_000)).toBe(false);
  expect(mark()).toEqual({ boxes: Array.from({ length: 400 }, () => everywhere), isExact: false });
});
