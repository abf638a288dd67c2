import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const read = async (text: string) => outlineOf(await readBytes('notes.txt', text));

test('headings that are underlined are headings, by the sign they are underlined with', async () => {
  const text = 'The lights\n==========\n\nOf oil.\n\nLamps\n-----\nMany.\n\n======\nBells\n======\n\nFew.';
  expect(await read(text)).toEqual([
    'heading1: The lights',
    'paragraph: Of oil.',
    'heading2: Lamps',
    'paragraph: Many.',
    'heading1: Bells',
    'paragraph: Few.',
  ]);
});

test('headings that equals signs mark, as in AsciiDoc and wikis, are headings', async () => {
  expect(await read('= The lights\nAda Quill\n\n== Lamps ==\n\n=== Of oil\n\nMany = 3.')).toEqual([
    'heading1: The lights',
    'paragraph: Ada Quill',
    'heading2: Lamps',
    'heading3: Of oil',
    'paragraph: Many = 3.',
  ]);
});

test('sections numbered in several levels have headings', async () => {
  const text = '1. Lamps\n\nMany.\n\n1.1 Of oil\n\nThey burn.\n\n1.2 It was 1.5 m high, and it fell.';
  expect(await read(text)).toEqual([
    'heading1: 1. Lamps',
    'paragraph: Many.',
    'heading2: 1.1 Of oil',
    'paragraph: They burn.',
    'paragraph: 1.2 It was 1.5 m high, and it fell.',
  ]);
});

test('items of lists are items, with the lines they go on in', async () => {
  const text = 'You need:\n- a lamp\n- oil, of\n  the best\n\n1. Get it.\n2. Light it.\n\n* alone';
  expect(await read(text)).toEqual([
    'paragraph: You need:',
    'list-item: a lamp',
    'list-item: oil, of\nthe best',
    'list-item: 1. Get it.',
    'list-item: 2. Light it.',
    'list-item: alone',
  ]);
});

const ships = 'table: | Ship | Crew |\n| --- | --- |\n| Meridian | 18 |\n| Selwyn | 7 |';

test.each([
  {
    name: 'a box',
    text: '+----------+------+\n| Ship     | Crew |\n+----------+------+\n| Meridian | 18   |\n| Selwyn   | 7    |\n+----------+------+',
  },
  {
    name: 'a box around every row',
    text: '+------+------+\n| Ship | Crew |\n+======+======+\n| Meri | 18   |\n| dian |      |\n+------+------+\n| Sel  | 7    |\n| wyn  |      |\n+------+------+',
  },
  { name: 'bars', text: '| Ship | Crew |\n|------|-----:|\n| Meridian | 18 |\n| Selwyn | 7 |' },
  { name: 'a rule below the names', text: '   Ship   | Crew\n----------+-----\n Meridian | 18\n Selwyn   | 7' },
  { name: 'dashes as wide as the columns', text: 'Ship      Crew\n--------  ----\nMeridian  18\nSelwyn    7' },
  {
    name: 'dashes above and below the names',
    text: '========  ====\nShip      Crew\n========  ====\nMeridian  18\nSelwyn    7\n========  ====',
  },
  {
    name: 'lines of their own',
    text: '┌──────────┬──────┐\n│ Ship     │ Crew │\n├──────────┼──────┤\n│ Meridian │ 18   │\n│ Selwyn   │ 7    │\n└──────────┴──────┘',
  },
])('a table drawn with $name is a table', async ({ text }) => {
  const [table, ...others] = await read(text);
  expect(table?.replace('Meri dian', 'Meridian').replace('Sel wyn', 'Selwyn')).toBe(ships);
  expect(others).toEqual([]);
});

test.each([
  [
    'prose that wraps before a dash or a number',
    'It was built in the year\n1874. It had a lamp\n- one of two - and a bell.',
  ],
  ['a signature', 'Yours,\nAda\n--\nAda Quill'],
  ['a line between two parts', 'One part.\n\n----------\n\nAnother part.'],
  ['a pipeline', 'cat notes.txt | sort | uniq\ncat more.txt | sort\nls'],
  ['a single numbered line', '1. Introduction'],
  ['a wide cell above dashes', 'Ship and captain  Crew\n--------  ----\nMeridian  18'],
])('%s stays as it is', async (_, text) => {
  const blocks = await read(text);
  expect(blocks.every((block) => block.startsWith('paragraph: '))).toBe(true);
  expect(
    blocks
      .map((block) => block.slice('paragraph: '.length))
      .join('\n\n')
      .replace(/ +/g, ' '),
  ).toBe(text.replace(/ +/g, ' '));
});

test('a text of nothing but underlined lines is read in time that grows with its length', async () => {
  const readAll = async () => expect(await read('Lamp\n----\n'.repeat(20_000))).toHaveLength(20_000);
  expect(await isSlow(readAll, 10_000)).toBe(false);
});
