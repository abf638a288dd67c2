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
