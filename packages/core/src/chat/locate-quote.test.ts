import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locateQuote } from './locate-quote.ts';

const text = `Preface. A strong hive holds about 40,000 bees in summer. In winter the colony shrinks to
10,000 bees [12], which form a “cluster” – they shiver to keep warm. Effi\u00ADcient ﬂight is an exam-
ple of it. Drones have no sting. Le cafe\u0301 naïf. 蜜蜂は花の場所を踊りで伝える。`;

function found(quote: string): string | undefined {
  const located = locateQuote(text, quote);
  return located && `${located.match}: ${text.slice(located.range.start, located.range.end)}`;
}

describe('is found', () => {
  test.each([
    ['holds about 40,000 bees', 'exact: holds about 40,000 bees'],
    ['"Holds about 40,000 bees."', 'folded: holds about 40,000 bees'],
    ['shrinks to 10,000 bees', 'folded: shrinks to\n10,000 bees'],
    ['form a "cluster" - they shiver', 'folded: form a “cluster” – they shiver'],
    ['Efficient flight is an example', 'folded: Effi\u00ADcient ﬂight is an exam-\nple'],
    ['Le café naïf', 'folded: Le cafe\u0301 naïf'],
    [
      'to 10,000 bees, which form a cluster they shiver to',
      'aligned: to\n10,000 bees [12], which form a “cluster” – they shiver to',
    ],
    [
      'In winter the colony shrinks to 10,000 bees (12) which',
      'aligned: In winter the colony shrinks to\n10,000 bees [12], which',
    ],
    [
      'A strong hive holds … 10,000 bees [12], which',
      'folded: A strong hive holds about 40,000 bees in summer. In winter the colony shrinks to\n10,000 bees [12], which',
    ],
    ['花の場所を踊り', 'exact: 花の場所を踊り'],
  ])('%s', (quote, expected) => {
    expect(found(quote)).toBe(expected);
  });
});

describe('is not found', () => {
  test.each([
    ['holds about 50,000 bees'],
    ['holds about 40'],
    ['000 bees in summer'],
    ['A strong hive holds about 40,000 bees in summe'],
    ['rones have no sting'],
    ['Drones have a sting'],
    ['Drones have … sting'],
    ['in summer Drones have no sting'],
    ['In winter colony shrinks to 10,000 bees'],
    ['bees [12], which they form a cluster'],
    ['花の場所を歌'],
    ['…'],
    [''],
  ])('%s', (quote) => {
    expect(found(quote)).toBeUndefined();
  });
});

const sentences = [
  'A strong hive holds about 40,000 bees in summer, and in winter the colony shrinks to 10,000 of them.',
  'Refunds are paid within 14 days after we receive the returned goods; the buyer pays for the return.',
  'Die Miete beträgt 1.250,50 € monatlich und ist spätestens am dritten Werktag eines Monats zu zahlen.',
  'The “tide clock” – built by Ada Quill in 1987 – shows high water at the old harbour twice a day.',
];
const library = sentences.join(' ');

type Mutation = (words: string[], at: number, spice: number) => string[];
const letters = 'abcdefghijklmnopqrstuvwxyz';
const mutations: Record<string, Mutation> = {
  'a changed character': (words, at, spice) =>
    words.with(
      at,
      changeCharacter(words[at] ?? '', spice, (_, position) => letterAt(spice + position)),
    ),
  'a lost character': (words, at, spice) =>
    words.with(
      at,
      changeCharacter(words[at] ?? '', spice, () => ''),
    ),
  'an added character': (words, at, spice) =>
    words.with(
      at,
      changeCharacter(words[at] ?? '', spice, (character) => character + letterAt(spice)),
    ),
  'a word lost': (words, at) => (at === 0 ? words : words.toSpliced(at, 1)),
  'another word': (words, at, spice) => words.with(at, ['never', 'only', '99', 'gold'][spice % 4] ?? ''),
  'a word more': (words, at, spice) => words.toSpliced(at, 0, ['not', 'always', '7', 'blue'][spice % 4] ?? ''),
  'a word twice': (words, at) => words.toSpliced(at, 0, words[at] ?? ''),
  'two words exchanged': (words, at) => words.with(at, words[at + 1] ?? '').with(at + 1, words[at] ?? ''),
};

function letterAt(position: number): string {
  return letters[position % letters.length] ?? 'x';
}

/** Changes one letter or digit; what is no letter is punctuation, which a quote may set otherwise. */
function changeCharacter(word: string, spice: number, change: (character: string, position: number) => string): string {
  const positions = [...word.matchAll(/[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const position = positions[spice % positions.length] ?? 0;
  return word.slice(0, position) + change(word[position] ?? '', position) + word.slice(position + 1);
}

/** What is left to compare when case and punctuation are set aside, as they are between a quote and its text. */
const bare = (quote: string): string =>
  quote
    .toLowerCase()
    .match(/\p{N}[\p{N}.,]*\p{N}|[\p{L}\p{N}]+/gu)
    ?.join(' ') ?? '';

test('of 1,000 quotes with one thing changed at random, none is found', () => {
  const quote = fc
    .record({ sentence: fc.nat(3), from: fc.nat(10), length: fc.integer({ min: 5, max: 16 }) })
    .map(({ sentence, from, length }) => (sentences[sentence] ?? '').split(' ').slice(from, from + length))
    .filter((words) => words.length >= 3);
  fc.assert(
    fc.property(
      quote,
      fc.constantFrom(...Object.keys(mutations)),
      fc.nat(1_000),
      fc.nat(1_000),
      (words, how, at, spice) => {
        expect(locateQuote(library, words.join(' '))).toBeDefined();
        const position = at % (words.length - 1);
        const mutated = mutations[how]?.(words, position, spice).join(' ') ?? '';
        // A letter replaced by itself, or a word by its equal, is no mutation.
        fc.pre(!` ${bare(library)} `.includes(` ${bare(mutated)} `));
        expect(locateQuote(library, mutated)).toBeUndefined();
      },
    ),
    { numRuns: 1_000 },
  );
});

test('what is found is a range of the text that holds every word of the quote', () => {
  fc.assert(
    fc.property(fc.nat(library.length), fc.nat(library.length), fc.string(), (a, b, other) => {
      for (const quote of [library.slice(Math.min(a, b), Math.max(a, b)), other]) {
        const located = locateQuote(library, quote);
        if (located === undefined) continue;
        const { start, end } = located.range;
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(library.length);
        for (const [word] of quote.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
          expect(library.slice(start, end).toLowerCase()).toContain(word);
        }
      }
    }),
  );
});
