import { makeOldDoc } from '@twin/testing/fixtures/old-doc';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const line = (text: string) => Buffer.from(`${text}\r`, 'latin1');
const cell = (text: string) => ({ bytes: Buffer.from(`${text}\x07`, 'latin1'), properties: [24, 1] });
const rowEnd = { bytes: Buffer.from([7]), properties: [24, 1, 25, 1] };

test('headings, tables and fields of Word 6 and 95 are read as those of today are', async () => {
  const bytes = makeOldDoc({
    paragraphs: [
      { bytes: line('Minutes'), style: 1 },
      { bytes: line('The council met & agreed. \x13 PAGE \x147\x15') },
      cell('Item'),
      cell('Cost'),
      rowEnd,
      cell('Steel'),
      cell('1,200'),
      rowEnd,
      { bytes: line('Was here.'), looks: [65, 1] },
      { bytes: line('Secret.'), looks: [92, 1] },
      { bytes: line('More at \x13 HYPERLINK "https://example.org/bridge" \x14the builder\x15.') },
    ],
    styles: [
      { id: 0, name: 'Standard' },
      { id: 1, name: 'Rubrik 1', looks: [85, 1, 99, 28, 0] },
    ],
  });
  const outline = [
    'heading1: Minutes',
    'paragraph: The council met & agreed. 7',
    'table: | Item | Cost |\n| --- | --- |\n| Steel | 1,200 |',
    'paragraph: More at the builder (https://example.org/bridge).',
  ];
  const parsed = await readBytes('minutes.doc', bytes);
  expect(outlineOf(parsed)).toEqual(outline);
  expect(parsed.mediaType).toBe('application/msword');
});

test('letters of Word 6 and 95 are those of their font, of its style or of the language', async () => {
  const bridge = Buffer.from('cceef1f20d', 'hex');
  const bytes = makeOldDoc({
    paragraphs: [
      { bytes: bridge, looks: [93, 1, 0] },
      { bytes: bridge, looks: [93, 2, 0] },
      { bytes: bridge, style: 1 },
      { bytes: bridge },
      // Shift JIS has letters of two bytes, whose second one may be any.
      { bytes: Buffer.from('8c5c0d8b7b0d', 'hex'), looks: [93, 3, 0] },
    ],
    fonts: [0, 204, 161, 128],
    styles: [
      { id: 0, name: 'Standard' },
      { id: 15, name: 'Greek', looks: [93, 2, 0] },
    ],
    language: 0x0419,
  });
  expect(outlineOf(await readBytes('letters.doc', bytes))).toEqual(
    ['Мост', 'Μξρς', 'Μξρς', 'Мост', '圭', '宮'].map((text) => `paragraph: ${text}`),
  );
});

test('a document of Word 95 that was saved in pieces is put together', async () => {
  const paragraphs = ['The well is deep.', 'And wide.', 'And old.'].map((text) => ({ bytes: line(text) }));
  const parsed = await readBytes('pieces.doc', makeOldDoc({ paragraphs, pieces: 3, version: 104 }));
  expect(parsed.canonicalText).toBe('The well is deep.\n\nAnd wide.\n\nAnd old.');
  const wide = [{ bytes: Buffer.from('井は深い。\rそして古い。\r', 'utf16le') }];
  for (const pieces of [undefined, 3]) {
    const bytes = makeOldDoc({ paragraphs: wide, version: 104, isWide: true, ...(pieces !== undefined && { pieces }) });
    expect((await readBytes('wide.doc', bytes)).canonicalText).toBe('井は深い。\n\nそして古い。');
  }
});
