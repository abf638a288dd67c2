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
