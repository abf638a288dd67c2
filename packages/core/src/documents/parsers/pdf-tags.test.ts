import { makeTaggedPdf, type TaggedText } from '@twin/testing/fixtures/tagged-pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const prose: TaggedText = {
  role: 'P',
  lines: [
    'The keeper fills the lamp at dusk, trims it at midnight and puts it out when',
    'the sun is up over the quay of Port Selwyn, on every day of the year.',
  ],
};
const told = `paragraph: ${prose.lines.join('\n')}`;
const read = async (texts: readonly TaggedText[]) => outlineOf(await readBytes('tagged.pdf', makeTaggedPdf(texts)));

test('a tagged file says what its headings and the items of its lists are, however they look', async () => {
  const outline = await read([
    { role: 'H1', lines: ['Harbour rules'] },
    { role: 'H2', lines: ['Oil'] },
    prose,
    { role: 'P', lines: ['Forty litres a month'], size: 24 },
    {
      role: 'H2',
      lines: ['Of the wick, which is to be trimmed, and of the glass,', 'which is to be cleaned, each in its time'],
    },
    prose,
    { role: 'LI', lines: ['Trim the wick'] },
    { role: 'LI', lines: ['Fill the lamp'] },
    { lines: ['7'] },
  ]);
  expect(outline.map((block) => block.replaceAll('\n', ' '))).toEqual(
    [
      'heading1: Harbour rules',
      'heading2: Oil',
      told,
      'paragraph: Forty litres a month',
      'heading2: Of the wick, which is to be trimmed, and of the glass, which is to be cleaned, each in its time',
      told,
      'list-item: Trim the wick',
      'list-item: Fill the lamp',
      'paragraph: 7',
    ].map((block) => block.replaceAll('\n', ' ')),
  );
});

test('what it calls a paragraph is a heading where it is as large as headings are, or is the title above them', async () => {
  const outline = await read([
    { role: 'P', lines: ['Port Selwyn'], size: 30 },
    { role: 'P', lines: ['Oil'], size: 18 },
    prose,
    ...['Wick', 'Glass', 'Quay'].flatMap((name) => [{ role: 'H2', lines: [name], size: 18 }, prose]),
    { role: 'P', lines: ['Forty litres'], size: 26 },
  ]);
  expect(outline.filter((block) => !block.startsWith(told.slice(0, 30)))).toEqual([
    'heading1: Port Selwyn',
    'heading2: Oil',
    'heading2: Wick',
    'heading2: Glass',
    'heading2: Quay',
    'paragraph: Forty litres',
  ]);
});

test('a file that tags no headings, or few of those there are, is read by its look too', async () => {
  const section = (name: string, role: string): TaggedText[] => [{ role, lines: [name], size: 18 }, prose];
  const untold = [...section('Oil', 'P'), ...section('Wick', 'P')];
  const names = (outline: string[]) => outline.filter((block) => block.startsWith('heading'));
  expect(names(await read(untold))).toEqual(['heading1: Oil', 'heading1: Wick']);
  const few = [...untold, ...section('Glass', 'P'), { role: 'H3', lines: ['Quay'] }, prose];
  expect(names(await read(few))).toEqual(['heading1: Oil', 'heading1: Wick', 'heading1: Glass', 'heading3: Quay']);
});

test('text that is tagged as a heading to be large is none', async () => {
  const sentence = 'The keeper fills the lamp at dusk, trims it at midnight and puts it out when';
  const outline = await read([
    { role: 'H1', lines: [sentence, 'the sun is up, and then goes to sleep, as keepers do.'] },
    { role: 'H1', lines: [sentence, sentence, sentence, sentence, sentence] },
    prose,
  ]);
  expect(outline.map((block) => block.slice(0, 21))).toEqual(outline.map(() => 'paragraph: The keeper'));
});

test('signs of a font that does not say what they mean are read as the file says, once', async () => {
  const outline = await read([
    { role: 'H1', lines: ['Harbour rules'] },
    prose,
    { role: 'P', lines: ['xyz', 'zyx'], actualText: 'Call 12 for the lamp.' },
    { role: 'P', lines: ['The lamp'], size: 12 },
  ]);
  expect(outline.join('\n').replaceAll(told, '')).toContain('Call 12 for the lamp.');
  expect(outline.join('\n').split('Call 12')).toHaveLength(2);
  expect(outline.join('\n')).not.toMatch(/\p{Co}/u);
});
