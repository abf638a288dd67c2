import { expect, test } from 'vitest';
import { outlineOf, readBytes, readFixture } from '../../testing/read-fixture.ts';

test('headings, tables and every code page are read; hidden text, pictures and properties are not', async () => {
  const parsed = await readFixture('letter.rtf');
  expect(parsed.title).toBe('The letter');
  expect(outlineOf(parsed)).toEqual([
    'heading1: Dear reader',
    'paragraph: The café closes at €5, Привет.',
    'table: | Cake | Price |\n| --- | --- |\n| Apple | 3 |',
    'paragraph: Yours\nAda',
  ]);
  expect(parsed.warnings).toEqual(['Text inside pictures was not read.']);
});

test('groups that never close, and as many as there are bytes, end as text', async () => {
  const parsed = await readBytes('deep.rtf', `{\\rtf1 before ${'{'.repeat(500_000)}after \\bin99999999 gone`);
  expect(parsed.canonicalText).toBe('before after');
});

test('text boxes are told after their paragraph, and text that was deleted is not', async () => {
  const box = String.raw`{\shp{\*\shpinst{\sp{\sn fLine}{\sv 0}}{\shptxt \pard Boxed {\b words}\par More\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext Boxed again}}}}`;
  const parsed = await readBytes('boxes.rtf', String.raw`{\rtf1 Before ${box}{\deleted not }after.\par Next.\par}`);
  expect(outlineOf(parsed)).toEqual(['paragraph: Before after.', 'paragraph: Boxed words\nMore', 'paragraph: Next.']);
});

test('remarks follow their paragraph, page headers and footers the text, and a star inside of a group hides nothing', async () => {
  const header = String.raw`{\header\pard Harbour office\par}{\footer\pard Harbour office\par}`;
  const remark = String.raw`{\*\atnid AB}{\*\atnauthor Ada}\chatn{\*\annotation{\*\atndate 1}Which pier?}`;
  const parsed = await readBytes(
    'remarks.rtf',
    String.raw`{\rtf1${header}\pard The pier${remark} is {\b0\*\cs7 closed}.\par Go round.\par}`,
  );
  expect(outlineOf(parsed)).toEqual([
    'paragraph: The pier is closed.',
    'paragraph: Which pier?',
    'paragraph: Go round.',
    'paragraph: Harbour office',
  ]);
});

test('any number of links in a paragraph is read a link at a time', async () => {
  const COUNT = 100_000;
  const link = '{\\field{\\*\\fldinst HYPERLINK "https://example.org/a"}{\\fldrslt lens}} ';
  const { canonicalText } = await readBytes('links.rtf', `{\\rtf1\\ansi ${link.repeat(COUNT)}}`);
  expect(canonicalText.match(/lens \(https/g)).toHaveLength(COUNT);
});
