import {
  makeTaggedTablePdf,
  type TaggedTableCell,
  type TaggedTablePage,
} from '@twin/testing/fixtures/tagged-table-pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const above = [
  'The service keeps a list of its stations, which are visited twice a year by the',
  'boat that brings oil and letters. What their keepers wrote of them is told below.',
];
const read = async (...pages: TaggedTablePage[]) => {
  const [first, ...rest] = pages;
  const bytes = makeTaggedTablePdf([{ above, ...first, rows: first?.rows ?? [] }, ...rest]);
  return outlineOf(await readBytes('stations.pdf', bytes)).slice(1);
};
/** Lines of a cell are parted by `/`. */
const row = (texts: readonly string[], role: 'TD' | 'TH' = 'TD'): TaggedTableCell[] =>
  texts.map((text, column) => ({ role, column, lines: text === '' ? [] : text.split('/') }));
const names = row(['Station', 'Keeper/and helper', 'Remarks'], 'TH');

test('a table that shows by its tags alone is read with the lines of its cells joined', async () => {
  const rows = [
    names,
    row(['North rock', 'Anna Weber/Karl Sand', 'Lamp renewed']),
    row(['Old mole', 'Peter Holm', 'Dark']),
  ];
  expect(await read({ rows })).toEqual([
    `table: | Station | Keeper and helper | Remarks |
| --- | --- | --- |
| North rock | Anna Weber Karl Sand | Lamp renewed |
| Old mole | Peter Holm | Dark |`,
  ]);
});

test('empty cells stay empty, with a tag of their own or without one', async () => {
  const rows = [
    names,
    row(['North rock', '', 'Lamp renewed']),
    row(['Long sand', '', 'Dark']).filter(({ lines }) => lines.length > 0),
    row(['Old mole', 'Peter Holm', '']).filter(({ lines }) => lines.length > 0),
  ];
  expect(await read({ rows })).toEqual([
    `table: | Station | Keeper and helper | Remarks |
| --- | --- | --- |
| North rock | | Lamp renewed |
| Long sand | | Dark |
| Old mole | Peter Holm | |`,
  ]);
});

test('a cell that spans rows is in each of them, one that spans columns in the first', async () => {
  const rows: TaggedTableCell[][] = [
    [
      { role: 'TH', lines: ['Port'], column: 0, rowSpan: 2 },
      { role: 'TH', lines: ['Ships in'], column: 1, columnSpan: 2 },
    ],
    row(['', '1873', '1874'], 'TH').slice(1),
    [{ lines: ['Selwyn'], column: 0, rowSpan: 2 }, ...row(['', '12 sail', '14 sail']).slice(1)],
    row(['', '3 steam', '5 steam']).slice(1),
    [
      { lines: ['Martha'], column: 0 },
      { lines: ['none were counted at all'], column: 1, columnSpan: 2 },
    ],
  ];
  expect(await read({ rows })).toEqual([
    `table: | Port | Ships in | |
| --- | --- | --- |
| Port | 1873 | 1874 |
| Selwyn | 12 sail | 14 sail |
| Selwyn | 3 steam | 5 steam |
| Martha | none were counted at all | |`,
  ]);
});

test('what goes on on the next page has the names of its columns there, even as a single row', async () => {
  const outline = await read(
    { rows: [names, row(['North rock', 'Anna Weber', 'Lamp renewed'])] },
    { rows: [row(['Old mole', 'Peter Holm', 'Dark'])] },
  );
  expect(outline.at(-1)).toBe(`table: | Station | Keeper and helper | Remarks |
| --- | --- | --- |
| Old mole | Peter Holm | Dark |`);
});

test('a row of one cell above a table is its title, and one that spans it below is a note', async () => {
  const wide = (text: string): TaggedTableCell[] => [{ lines: [text], column: 0, columnSpan: 3 }];
  const outline = await read({
    rows: [wide('Stations of the coast'), names, row(['Old mole', 'Peter Holm', 'Dark']), wide('As told in 1874.')],
  });
  expect(outline.map((block) => block.split('\n')[0])).toEqual([
    'paragraph: Stations of the coast',
    'table: | Station | Keeper and helper | Remarks |',
    'paragraph: As told in 1874.',
  ]);
});

test('a table that places things on a page is none', async () => {
  const menu = row(['Home', 'The coast', 'News']);
  const main: TaggedTableCell[] = [
    { lines: ['Contact'], column: 0 },
    { lines: ['Of the stations'], column: 1, inner: 'H2' },
  ];
  expect((await read({ rows: [menu, main] })).filter((block) => block.startsWith('table'))).toEqual([]);
});

test('what an author wrote about a picture is told once, a name of a file is not', async () => {
  const rows = [names, row(['Old mole', 'Peter Holm', 'Dark'])];
  expect((await read({ rows, alt: 'A lighthouse on a rock' })).at(-1)).toBe(
    'paragraph: Picture: A lighthouse on a rock',
  );
  const logo = { rows, alt: 'The seal of the coast' };
  expect((await read(logo, logo)).filter((block) => block.includes('seal'))).toHaveLength(1);
  expect((await read({ rows, alt: 'IMG_0001.png' })).at(-1)).toContain('Peter Holm');
});
