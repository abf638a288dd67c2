import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { drawGrid, placeRows } from '@twin/testing/fixtures/pdf-table';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';

const prices = [
  ['Article', 'Unit', 'Price'],
  ['Rope, hemp', 'm', '2.40'],
  ['Lamp oil', 'litre', '11.00'],
  ['Sail cloth', 'm2', '7.25'],
  ['Anchor', 'piece', '340.00'],
];
const asMarkdown = `table: | Article | Unit | Price |
| --- | --- | --- |
| Rope, hemp | m | 2.40 |
| Lamp oil | litre | 11.00 |
| Sail cloth | m2 | 7.25 |
| Anchor | piece | 340.00 |`;
const place = { columns: [60, 250, 400], top: 700 };
const before = 'These prices hold until the end of May, whatever the weather does to the harbour.';

async function outlinesOf(...pages: PdfFixtureLine[][]): Promise<string[]> {
  return outlineOf(await readBytes('prices.pdf', makePdf(pages)));
}

test('a table without lines is read as a table, at its place between the text, with its page and its box', async () => {
  const page = [before, ...placeRows(prices, place), { text: 'Ask for Ada at the counter.', x: 60, y: 560 }];
  const parsed = await readBytes('prices.pdf', makePdf([['Page one.'], page]));
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Page one.',
    `paragraph: ${before}`,
    asMarkdown,
    'paragraph: Ask for Ada at the counter.',
  ]);
  const table = parsed.blocks[2];
  expect(table?.page).toBe(2);
  // From the top of its first row's letters (842 - 700 - 0.8 x 11) to the foot of the last one's.
  const [box] = table?.boxes ?? [];
  expect(box).toMatchObject({ x: 60, y: 133.2 });
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(842 - (700 - 4 * 18) + 0.2 * 11, 0);
});

test('a ruled table is read by its lines: cells of several lines, without figures, and close together', async () => {
  const duties = [
    ['Watch', 'Duty', 'Who'],
    ['First', 'Mind the lamp', 'Ada'],
    ['Second', 'Ring the bell', 'Grace'],
  ];
  const ruled = { columns: [60, 104, 185], top: 700, step: 40 };
  const wrapped = { text: 'and the log', x: 104, y: 700 - 40 - 12 };
  const page = [...placeRows(duties, ruled), wrapped, drawGrid(3, 240, ruled)];
  expect(await outlinesOf([before, ...page])).toEqual([
    `paragraph: ${before}`,
    'table: | Watch | Duty | Who |\n| --- | --- | --- |\n| First | Mind the lamp and the log | Ada |\n| Second | Ring the bell | Grace |',
  ]);
});

test('a row with cells of several lines stays one row, and an empty cell stays empty', async () => {
  const rows = [
    ['Article', 'Remark', 'Price'],
    ['Rope', 'Sold in coils', '2.40'],
    ['Lamp oil', '', '11.00'],
    ['Anchor', 'Heavy', '340.00'],
  ];
  const wide = { ...place, step: 30 };
  const page = [...placeRows(rows.slice(0, 2), wide), { text: 'of fifty metres', x: 250, y: 700 - 30 - 12 }];
  expect(await outlinesOf([...page, ...placeRows(rows.slice(2), { ...wide, top: 640 })])).toEqual([
    'table: | Article | Remark | Price |\n| --- | --- | --- |\n| Rope | Sold in coils of fifty metres | 2.40 |\n| Lamp oil | | 11.00 |\n| Anchor | Heavy | 340.00 |',
  ]);
});

test('a table that goes on on the next page keeps its header there, in each passage', async () => {
  const rows = Array.from({ length: 70 }, (_, index) => [`Article number ${index}`, 'piece', `${index}.50`]);
  const top = { ...place, top: 780 };
  const parsed = await readBytes(
    'long.pdf',
    makePdf([placeRows([prices[0]!, ...rows.slice(0, 35)], top), placeRows(rows.slice(35), top)]),
  );
  expect(parsed.blocks.every(({ kind }) => kind === 'table')).toBe(true);
  const chunks = [...chunkDocument(parsed)];
  expect(chunks.length).toBeGreaterThan(3);
  for (const { content } of chunks) expect(content).toMatch(/^\| Article \| Unit \| Price \|\n\| --- /);
  expect(parsed.canonicalText).toContain('| Article number 35 | piece | 35.50 |');
});

const prose = [
  'The keeper climbed the stairs each night and lit',
  'the lamp at dusk, as her mother had done before',
  'her. In winter the wind shook the glass, and she',
  'counted ships by the sound of their bells alone.',
  'Nobody came in the months of ice, but the post.',
  'She wrote down the weather at six and at noon.',
];
const contents = [
  ['1', 'The island', '3'],
  ['2', 'The lamp', '9'],
  ['3', 'The storm of May', '27'],
  ['4', 'What was found', '40'],
];
const steps = ['1.', '2.', '3.', '4.'].map((mark, index) => [mark, `Turn valve ${index} by 90 degrees`]);
const form = ['Name:', 'Street:', 'Town:', 'Date:'].map((label) => [label, '1', 'Tel.:', '2']);
const code = ['a = 1;', 'b = 20;', 'c = a + 3;', 'd = 4;'].map((line, index) => [line, `// step ${index} of 4`]);
const authors = [
  ['Ada Quill', 'Grace Bell', 'Mary Sand'],
  ['University of Aby', 'Institute of Bo', 'Harbour Office'],
  ['ada@example.org', 'grace@example.org', 'mary@example.org'],
];
const gappy = prose.map((line) => line.split(' '));

test.each([
  {
    name: 'prose in two columns',
    page: placeRows(
      prose.map((line) => [line, line.toUpperCase()]),
      { columns: [40, 320], top: 700, step: 13 },
    ),
  },
  { name: 'a table of contents', page: placeRows(contents, place) },
  { name: 'a numbered list', page: placeRows(steps, { columns: [60, 90], top: 700 }) },
  { name: 'a form', page: placeRows(form, { columns: [60, 160, 300, 400], top: 700 }) },
  { name: 'code with remarks', page: placeRows(code, { columns: [60, 220], top: 700 }) },
  { name: 'authors side by side', page: placeRows(authors, { columns: [60, 220, 390], top: 700, step: 14 }) },
  {
    name: 'justified text with wide spaces',
    page: gappy.flatMap((words, row) =>
      words.map((text, index) => ({
        text,
        x: 60 + Math.round((index * 480) / words.length) + (index % 2) * row,
        y: 700 - 13 * row,
      })),
    ),
  },
])('$name is no table', async ({ page }) => {
  const outline = await outlinesOf(page);
  expect(outline.filter((block) => block.startsWith('table'))).toEqual([]);
});

test('a watermark across a ruled table is no part of it, and stays', async () => {
  const ruled = { ...place, top: 560 };
  const watermark = { operators: 'BT /F1 40 Tf 0.866 0.5 -0.5 0.866 60 600 Tm (DRAFT) Tj ET' };
  const outline = await outlinesOf([...placeRows(prices, ruled), drawGrid(prices.length, 500, ruled), watermark]);
  expect(outline).toEqual([asMarkdown, 'paragraph: DRAFT']);
});

test('a ruled table stays beside and above text in columns', async () => {
  const ruled = { columns: [60, 150], top: 700 };
  const berths = [
    ['Ship', 'Berth'],
    ['Meridian', 'North'],
  ];
  const beside = { text: 'Harbour dues', x: 400, y: 700 };
  const below = [
    ['Rope', '2.40'],
    ['Lamp oil', '11.00'],
    ['Anchor', '340.00'],
  ];
  const page = [...placeRows(berths, ruled), drawGrid(2, 240, ruled), beside];
  const outline = await outlinesOf([...page, ...placeRows(below, { columns: [60, 400], top: 664 })]);
  expect(outline).toContain('table: | Ship | Berth |\n| --- | --- |\n| Meridian | North |');
});

test('the two edges of one hairline are one line, which makes no table of two columns of words', async () => {
  const duties = [
    ['Watch', 'Duty'],
    ['First', 'Mind the lamp'],
    ['Second', 'Ring the bell'],
  ];
  const hairline = { operators: '0.1 w 56 679.3 300 0.4 re S' };
  const outline = await outlinesOf([...placeRows(duties, { columns: [60, 250], top: 700 }), hairline]);
  expect(outline.filter((block) => block.startsWith('table'))).toEqual([]);
});

const dues = [
  ['Ship', 'Berth', 'Dues'],
  ['Meridian', 'North', '18.00'],
  ['Halcyon', 'South', '21.50'],
  ['Petrel', 'Quay', '7.75'],
];

test.each([
  { name: 'a table with a header of its own', first: prices, second: dues },
  { name: 'the rows of a table without one', first: prices.slice(1), second: dues.slice(1) },
])('$name, in the columns of the one on the page before, gets no row of that', async ({ first, second }) => {
  const [above, below] = await outlinesOf(placeRows(first, place), placeRows(second, place));
  const rowsOf = (block = '') =>
    block
      .replace('table: ', '')
      .split('\n')
      .filter((row) => !row.includes('---'));
  expect(rowsOf(above)).toEqual(first.map((row) => `| ${row.join(' | ')} |`));
  expect(rowsOf(below)).toEqual(second.map((row) => `| ${row.join(' | ')} |`));
});

test('a table whose lines are broken by double ones keeps its header, though that is a single row of boxes', async () => {
  const body = { ...place, top: 679 };
  const page = [...placeRows(prices.slice(0, 1), place), drawGrid(1, 480, place), ...placeRows(prices.slice(1), body)];
  expect(await outlinesOf([before, ...page, drawGrid(4, 480, body)])).toEqual([`paragraph: ${before}`, asMarkdown]);
});
