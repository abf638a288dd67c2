import { expect, test } from 'vitest';
import { blocksOf, blocksWithin } from './passage-excerpt.ts';
import { tableRowsOf } from './table-rows.ts';

const text = '| Month | Hives |\n| --- | ---: |\n| May | 4 |\n| June \\| July |  |';
const blocks = [{ kind: 'table' as const, start: 0, end: text.length }];

function rowsOf(written: string, startOffset = 0, endOffset = 0) {
  const [block] = blocksOf(
    { text: written, blocks: [{ kind: 'table', start: 0, end: written.length }] },
    { startOffset, endOffset },
  );
  return tableRowsOf(block?.parts ?? []);
}

const said = (rows: ReturnType<typeof tableRowsOf>) =>
  rows?.map(({ cells }) => cells.map((parts) => parts.map((part) => part.text).join('')));

test('a table is its rows and cells, the first of them the head, without pipes and rule', () => {
  expect(said(rowsOf(text))).toEqual([
    ['Month', 'Hives'],
    ['May', '4'],
    ['June | July', ''],
  ]);
  expect(rowsOf(text)?.map(({ isHead }) => isHead)).toEqual([true, false, false]);
  expect(said(rowsOf('Month | Hives\n--- | ---\nMay | 4'))).toEqual([
    ['Month', 'Hives'],
    ['May', '4'],
  ]);
});

test('a marked passage stays marked, cell by cell', () => {
  const start = text.indexOf('ay | 4');
  const marked = rowsOf(text, start, start + 'ay | 4'.length)?.flatMap(({ cells }) => cells.flat());
  expect(marked?.filter((part) => part.marked).map((part) => part.text)).toEqual(['ay', '4']);
  expect(said(rowsOf(text, start, start + 6))).toEqual(said(rowsOf(text)));
});

test('rows without their head are rows, and a text without pipes, or with a part of a row, is no table', () => {
  const [block] = blocksWithin({ text, blocks }, { startOffset: text.indexOf('| May'), endOffset: text.length });
  expect(tableRowsOf(block?.parts ?? [])?.map(({ isHead }) => isHead)).toEqual([false, false]);
  expect(rowsOf('Month  Hives\nMay    4')).toBeNull();
  expect(rowsOf('Hives and so on\n| May | 4 |')).toBeNull();
});
