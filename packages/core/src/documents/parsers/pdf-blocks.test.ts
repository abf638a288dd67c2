import { makePdf, type PdfFixtureLine } from '@twin/testing/fixtures/pdf';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';
import { joinLine } from './join-wrapped-lines.ts';

const prose = [
  'The keeper climbed the stairs each night and lit the lamp',
  'at dusk, as her mother had done before her, in all of May.',
];

async function read(texts: readonly (string | { bold: string } | { gap: number })[]): Promise<string[]> {
  let y = 780;
  const lines = texts.flatMap((line): PdfFixtureLine[] => {
    y -= typeof line !== 'string' && 'gap' in line ? line.gap : 14;
    if (typeof line === 'string') return [{ text: line, x: 60, y }];
    return 'bold' in line ? [{ text: line.bold, x: 60, y, isBold: true }] : [];
  });
  return outlineOf(await readBytes('blocks.pdf', makePdf([lines])));
}

test('a bold line above text of the same size is a heading', async () => {
  const text = [{ bold: 'Of the lamps' }, ...prose, { gap: 14 }, { bold: '2.1 Who keeps' }, { bold: 'them' }, ...prose];
  const paragraph = `paragraph: ${prose.join(' ')}`;
  expect(await read(text)).toEqual(['heading1: Of the lamps', paragraph, 'heading1: 2.1 Who keeps them', paragraph]);
});

test.each([
  { name: 'ends a sentence', text: [{ bold: 'Never leave the lamp.' }, ...prose, ...prose] },
  { name: 'names what follows', text: [{ bold: 'Note:' }, ...prose, ...prose] },
  {
    name: 'is in the middle of a sentence',
    text: ['The name of the ship was the', { bold: 'Meridian of Selwyn' }, 'and of no other port.', ...prose],
  },
  { name: 'leads to a page', text: [{ bold: '1.1 Of the lamps ............... 5' }, ...prose, ...prose] },
  { name: 'is all there is', text: [{ bold: 'The keeper climbed' }, { bold: 'The stairs each' }, 'Lamp'] },
  { name: 'has nothing below it', text: [...prose, ...prose, { gap: 14 }, { bold: 'The Keeper' }] },
])('a bold line that $name is no heading', async ({ text }) => {
  expect((await read(text)).join('\n')).not.toContain('heading');
});

test('lines that end where the next word had room are blocks of their own', async () => {
  const text = ['Market research', 'Planning', 'Stakeholders and what they know of the', 'harbour', 'Records'];
  expect(await read(text)).toEqual([
    'paragraph: Market research',
    'paragraph: Planning',
    'paragraph: Stakeholders and what they know of the harbour',
    'paragraph: Records',
  ]);
});

test('lines that break before a capital for want of room are one paragraph', async () => {
  const text = [
    'The keeper climbed the stairs each night with the boy of Mrs',
    'Bellingham-Carruthers, who lit the lamp with her at',
    'Selwyn-on-the-Hill each day, until the new man from London',
    'came.',
  ];
  expect(await read(text)).toEqual([`paragraph: ${text.join(' ')}`]);
});

test.each([
  ['a considerable main-', 'tenance', 'a considerable maintenance'],
  ['state-of-the-', 'art', 'state-of-the-art'],
  ['a state-', 'of-the-art lamp', 'a state-of-the-art lamp'],
  ['the Smith-', 'Jones report', 'the Smith-Jones report'],
  ['COVID-', '19', 'COVID-19'],
  ['1874-', '1876', '1874-1876'],
  ['Vor-', 'und Nachteile', 'Vor- und Nachteile'],
  ['pre-', 'and post-war', 'pre- and post-war'],
  ['a well-', 'known lamp', 'a well-known lamp'],
  ['a soft\u00ad', 'Ware', 'a softWare'],
  ['no hyphen –', 'but a dash', 'no hyphen – but a dash'],
])('“%s” and “%s” are joined with care', (before, after, expected) => {
  expect(joinLine(before, after, new Set(['well-known']))).toBe(expected);
});

test('a word that the text spells with a hyphen elsewhere keeps it at the end of a line', async () => {
  const text = [
    'It was a well-known lamp of the coast, and it was a well-',
    'known harbour, with a lamp of its own and a light-',
    'house.',
  ];
  expect((await read(text)).join()).toContain('a well-known harbour, with a lamp of its own and a lighthouse.');
});

test('rows of a table too small to be found stay apart', async () => {
  const row = (cells: string[], y: number) => cells.map((text, index) => ({ text, x: 60 + 150 * index, y }));
  const lines = [...row(['Ship', 'Crew', 'Port'], 700), ...row(['Meridian', 'many', 'Selwyn'], 686)];
  expect(outlineOf(await readBytes('rows.pdf', makePdf([lines])))).toEqual([
    'paragraph: Ship Crew Port',
    'paragraph: Meridian many Selwyn',
  ]);
});

test('the title stands below what is printed above the page, also on a single one', async () => {
  const lines = [
    { text: 'Selwyn Trust', x: 60, y: 810, size: 9 },
    { text: 'The lights', x: 60, y: 740, size: 24 },
    { text: 'They burn all night.', x: 60, y: 700 },
  ];
  expect((await readBytes('title.pdf', makePdf([lines]))).title).toBe('The lights');
});

test('entries of a list of references and lines that name what they say are blocks of their own', async () => {
  const text = [
    '[1] A. Quill. Lamps. 1874.',
    '[2] G. Hopper. Bells. 1880.',
    { gap: 30 },
    'Invoice 17',
    'Date: 4 May 2024',
  ];
  expect(await read(text)).toEqual([
    'paragraph: [1] A. Quill. Lamps. 1874.',
    'paragraph: [2] G. Hopper. Bells. 1880.',
    'paragraph: Invoice 17',
    'paragraph: Date: 4 May 2024',
  ]);
});

test('a citation at the start of a line does not end its paragraph', async () => {
  const text = [
    'It was first told of in the log of the Meridian, as in',
    '[2] and in the letters, which nobody has seen.',
  ];
  expect(await read(text)).toEqual([`paragraph: ${text.join(' ')}`]);
});
