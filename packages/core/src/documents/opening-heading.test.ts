import { makePdf } from '@twin/testing/fixtures/pdf';
import { makePptx } from '@twin/testing/fixtures/pptx';
import { makeXlsx } from '@twin/testing/fixtures/xlsx';
import { makeZip } from '@twin/testing/fixtures/zip';
import { expect, test } from 'vitest';
import { readBytes } from '../testing/read-fixture.ts';
import { openingHeading } from './opening-heading.ts';
import type { Block } from './parsed-document.ts';

const documentOf = (...parts: readonly (Omit<Block, 'start' | 'end'> & { text: string })[]) => {
  let canonicalText = '';
  const blocks = parts.map(({ text, ...block }): Block => {
    const start = canonicalText.length;
    canonicalText += text;
    return { ...block, start, end: canonicalText.length };
  });
  return { canonicalText, blocks };
};
const heading = (text: string, level: number, page?: number) => ({
  kind: 'heading' as const,
  text,
  level,
  ...(page && { page }),
});
const paragraph = { kind: 'paragraph' as const, text: 'It was a quiet year.' };

test.each([
  ['its first heading', [heading('Bees in winter', 2), paragraph, heading('Feeding', 1)], 'Bees in winter'],
  ['the greatest of those above its text', [heading('A guide for keepers', 3), heading('Bees', 1), paragraph], 'Bees'],
  ['one on the first page', [heading('Notes', 2, 1), heading('Part one', 1, 2)], 'Notes'],
  ['nothing, where it opens with text', [paragraph, heading('Bees', 1)], null],
  ['nothing, where it names a part', [{ ...heading('Sheet of costs', 1), part: 'costs.csv' }, paragraph], null],
  ['nothing, where it says nothing', [heading('Document 1', 1), paragraph], null],
  ['nothing, where it is a section of it', [heading('1. Introduction', 1), paragraph], null],
  ['nothing, where it is that of the contents', [heading('Contents', 1), paragraph], null],
  ['nothing, where it is a text in large letters', [heading('Bees. '.repeat(30), 1)], null],
])('a document is titled by %s', (_, parts, title) => {
  expect(openingHeading(documentOf(...parts))).toBe(title);
});

test('files that name no title of their own take it from their first page, slide or heading', async () => {
  const titleOf = async (fileName: string, bytes: Uint8Array | string) => (await readBytes(fileName, bytes)).title;
  expect(await titleOf('scan-0042.pdf', makePdf([[{ heading: 'Keeping bees' }, 'In spring they fly.']]))).toBe(
    'Keeping bees',
  );
  expect(await titleOf('deck.pptx', makePptx([{ title: 'Harbour plan', items: ['A longer pier'] }]))).toBe(
    'Harbour plan',
  );
  expect(
    await titleOf('l.rtf', String.raw`{\rtf1{\stylesheet{\s1 heading 1;}}\pard\s1 Dear reader\par\pard Hello.\par}`),
  ).toBe('Dear reader');
  const bees = Buffer.from('# Bees\n\nThey fly.');
  expect(await titleOf('a.zip', makeZip({ 'bees.md': bees }))).toBe('Bees');
  expect(
    await titleOf('a.zip', makeZip({ 'bees.md': bees, 'wasps.md': Buffer.from('# Wasps\n\nSo do they.') })),
  ).toBeNull();
  expect(
    await titleOf(
      'a.xlsx',
      makeXlsx([
        {
          name: 'Costs',
          rows: [
            ['Item', 'Price'],
            ['Hive', '90'],
          ],
        },
      ]),
    ),
  ).toBeNull();
});
