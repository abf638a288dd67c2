import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { outlineOf, readBytes } from '../../testing/read-fixture.ts';

const shown: [string, string, string[]][] = [
  [
    'headings of two lines',
    'The lamp\n========\n\nNAME\n----\nlamp - gives light\n\nIn *use*\n~~~~~~~~\nTurn it.\n\n----\ncode\n----\nSYNOPSIS\n---------\nlamp',
    [
      'heading1: The lamp',
      'heading2: NAME',
      'paragraph: lamp - gives light',
      'heading3: In use',
      'paragraph: Turn it.',
      'code: code',
      'heading2: SYNOPSIS',
      'paragraph: lamp',
    ],
  ],
  [
    'a fence below a longer line as code',
    'This is what it says:\n----\none\n----\n',
    ['paragraph: This is what it says:', 'code: one'],
  ],
  [
    'tables parted by commas',
    ',===\nMonth,Litres\n"May, late",41\n,===\n',
    ['table: | Month | Litres |\n| --- | --- |\n| May, late | 41 |'],
  ],
  [
    'tables that say their format',
    '[format=csv]\n|===\nMonth,Litres\nMay,4"1\n|===\n',
    ['table: | Month | Litres |\n| --- | --- |\n| May | 4"1 |'],
  ],
  [
    'tables that say their separator',
    '[format="csv",separator=;]\n|===\nMonth;Litres\nMay;41\n|===\n',
    ['table: | Month | Litres |\n| --- | --- |\n| May | 41 |'],
  ],
  [
    'tables parted by colons',
    ':===\nMonth:Time\nMay:4\\:30\n:===\n',
    ['table: | Month | Time |\n| --- | --- |\n| May | 4:30 |'],
  ],
  [
    'numbers around what is attached to an item',
    '. one\n+\nmore\n. two\n+\n--\na\n\nb\n--\n. three\n\nEnd.\n\n. one',
    [
      'list-item: 1. one',
      'paragraph: more',
      'list-item: 2. two',
      'paragraph: a',
      'paragraph: b',
      'list-item: 3. three',
      'paragraph: End.',
      'list-item: 1. one',
    ],
  ],
  [
    'numbers in items of other lists',
    '* A\n. a1\n. a2\n* B\n. b1\n',
    ['list-item: A', 'list-item: 1. a1', 'list-item: 2. a2', 'list-item: B', 'list-item: 1. b1'],
  ],
  ['numbers that start later', '[start=4]\n. four\n. five\n', ['list-item: 4. four', 'list-item: 5. five']],
  [
    'numbers around an example',
    '. one\n+\n====\na\n\nb\n====\n. two',
    ['list-item: 1. one', 'paragraph: a', 'paragraph: b', 'list-item: 2. two'],
  ],
  [
    'tables with a title below what is said of them',
    '[cols="1,1"]\n.Prices\n// remark\n|===\n|Month\n|Litres\n\n|May\n|41\n|===\n',
    ['paragraph: Prices', 'table: | Month | Litres |\n| --- | --- |\n| May | 41 |'],
  ],
  [
    'sources with an anchor below what is said of them',
    '[source,ruby]\n[[x]]\nputs *1*\n* 2\n\nputs *3*',
    ['code: puts *1*\n* 2', 'paragraph: puts 3'],
  ],
  [
    'blocks below a quote of one paragraph',
    '[quote]\nIt rained.\n|===\n|a |b\n|===\nDry.',
    ['quote: It rained.', 'table: | a | b |\n| --- | --- |', 'paragraph: Dry.'],
  ],
  [
    'words that conditions hold',
    'ifdef::a[This *text* is shown.]\nifndef::b[:c: d]\nifeval::[1 == 1]\nSo is {c}.\nendif::[]',
    ['paragraph: This text is shown.', 'paragraph: So is d.'],
  ],
  [
    'words that stand for pictures',
    'image::x.png[A lighthouse at dusk]\n\nimage::y.png["Rain, at dusk",300]\n\nimage::z.png[width=3,alt=Fog]\nimage::w.png[width=3]',
    ['paragraph: A lighthouse at dusk', 'paragraph: Rain, at dusk', 'paragraph: Fog'],
  ],
  [
    'settings of several lines',
    ':about: one \\\n  two \\\n  three\nIt is {about}.',
    ['paragraph: It is one two three.'],
  ],
  ['tables that nothing parts', '|===\nMonth Litres\n|===\n', ['code: Month Litres']],
];

test.each(shown)('%s are read as they are shown', async (_, source, outline) => {
  expect(outlineOf(await readBytes('shown.adoc', source))).toEqual(outline);
});

/** What is quadratic takes most of a minute for these. */
const HOSTILE_MS = 3000;

test.each([
  ['conditions that do not end', 'ifdef::['.repeat(125_000)],
  ['conditions inside of each other', `${'ifdef::['.repeat(125_000)}]`],
  ['settings that go on', `:a: b \\\n${'c \\\n'.repeat(200_000)}`],
  ['words of pictures', `image::x[${', alt '.repeat(150_000)}]`],
  ['lines above a block', `${'[a]\n'.repeat(100_000)}${'x\n'.repeat(200_000)}`],
])('%s are read in no time', { timeout: 120_000 }, async (_, source) => {
  const read = () => readBytes('hostile.adoc', `Start\n\n${source}\n`);
  expect(await isSlow(read, HOSTILE_MS)).toBe(false);
});

test('what long settings make of a short text is bounded', async () => {
  const long = await readBytes('long.adoc', `:a: ${'x'.repeat(500_000)}\n\nStart ${'{a}'.repeat(160_000)}\n`);
  expect(long.canonicalText.slice(0, 12)).toBe('Start {a}{a}');
  const many = await readBytes('many.adoc', `:a: ${'x'.repeat(900)}\n\nStart ${'{a}'.repeat(160_000)}\n`);
  expect(many.canonicalText.slice(0, 12)).toBe('Start xxxxxx');
  expect(many.canonicalText.length).toBeLessThan(1_500_000);
});
