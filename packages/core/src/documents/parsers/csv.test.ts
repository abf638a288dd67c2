import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';
import { chunkDocument } from '../chunk-document.ts';

test('the delimiter is found, quoted delimiters are text, and a lone cell above is a caption', async () => {
  const parsed = await readFixture('harvest.csv');
  expect(outlineOf(parsed)).toEqual([
    'paragraph: Harvest 2025',
    'table: | Bed | Crop | Kilos |\n| --- | --- | --- |\n| North | Beans; dwarf | 41,5 |\n| South | Leeks | 27 |',
  ]);
  expect(parsed.mediaType).toBe('text/csv');
});

test.each([
  ['comma', ','],
  ['tab', '\t'],
  ['pipe', '|'],
])('cells may be separated by a %s', async (_name, delimiter) => {
  const rows = [
    ['a', 'b'],
    ['1', '2;3'],
  ]
    .map((row) => row.join(delimiter))
    .join('\r\n');
  expect((await readBytes('cells.csv', rows)).canonicalText).toBe('| a | b |\n| --- | --- |\n| 1 | 2;3 |');
});

test('every passage of a long table carries its header', async () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `station-${index},${index * 3},wind and rain`);
  const parsed = await readBytes('stations.csv', ['Station,Litres,Weather', ...rows].join('\n'));
  const chunks = [...chunkDocument(parsed)];
  expect(chunks.length).toBeGreaterThan(20);
  for (const { content } of chunks) expect(content).toMatch(/^\| Station \| Litres \| Weather \|\n\| --- /);
  expect(parsed.canonicalText.match(/station-/g)).toHaveLength(2_000);
});

test('a quote that is never closed does not swallow the rest of the file', async () => {
  const parsed = await readBytes('open.csv', 'name,note\nAda,"never closed\nBob,fine');
  expect(parsed.canonicalText).toContain('| Bob | fine |');
});

test('a quotation mark inside of a cell leaves quoted cells as they are', async () => {
  const parsed = await readBytes('parts.csv', 'Part,Note\nPipe 3" wide,"long, thin"\nBolt,plain\n');
  expect(outlineOf(parsed)).toEqual([
    'table: | Part | Note |\n| --- | --- |\n| Pipe 3" wide | long, thin |\n| Bolt | plain |',
  ]);
  expect(parsed.warnings).toEqual([]);
});

test('a quotation mark that is never closed is told of', async () => {
  const parsed = await readBytes('open.csv', 'Part,Note\nPipe,"long\nBolt,plain\n');
  expect(parsed.canonicalText).toContain('| Bolt | plain |');
  expect(parsed.warnings).toEqual([expect.stringContaining('never closed')]);
});

test('a blank line inside of a table does not make a header of the next row', async () => {
  const parsed = await readBytes('gaps.csv', 'Day,Rain\nOne,4\n\nTwo,5\n\nStation,Height,Built\nNorth,9,1911\n');
  expect(outlineOf(parsed)).toEqual([
    'table: | Day | Rain |\n| --- | --- |\n| One | 4 |\n| Two | 5 |',
    'table: | Station | Height | Built |\n| --- | --- | --- |\n| North | 9 | 1911 |',
  ]);
});

test('a row too long for a passage is told cell by cell, each with its name, also in a table of very many columns', async () => {
  const story = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ');
  const parsed = await readBytes('tales.csv', `Who,Tale\nAda,short\nBen,${story}\nCy,short too\n`);
  expect(outlineOf(parsed)).toEqual([
    'table: | Who | Tale |\n| --- | --- |\n| Ada | short |',
    `paragraph: Who: Ben\nTale: ${story}`,
    'table: | Who | Tale |\n| --- | --- |\n| Cy | short too |',
  ]);
  const columns = Array.from({ length: 200 }, (_, index) => `Measure ${index}`);
  const wide = await readBytes('wide.csv', `${columns.join(',')}\n${columns.map((_, index) => index).join(',')}\n`);
  expect(wide.canonicalText).toContain('\nMeasure 17: 17\nMeasure 18: 18\n');
});
