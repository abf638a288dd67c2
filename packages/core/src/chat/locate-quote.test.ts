import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testPassage } from '../testing/test-passage.ts';
import { locateQuote } from './locate-quote.ts';
import { resolveReference } from './resolve-reference.ts';

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

describe('signs, units and exponents', () => {
  const measured = `It fell (p < 0.05 in all groups) from -5 °C to 12 °C, by 40 % or €40; 10⁶ cells on 25 m² of a
wafer – ±3 % – in non-refundable lots – we can’t return them—at H₂O, 2½ times.`;
  test.each([
    ['fell (p < 0.05 in all groups)'],
    ['p < 0.05 in all  groups'],
    ['from −5 °C to 12 °C'],
    ['by 40% or €40; 10^6 cells'],
    ['10^6 cells on 25 m^2 of a wafer'],
    ['wafer - ±3 % - in non-refundable lots'],
    ['return them - at h2o'],
    ['2½ times'],
  ])('found: %s', (quote) => {
    expect(locateQuote(measured, quote)).toBeDefined();
  });
  test.each([
    ['fell (p > 0.05 in all groups)'],
    ['fell p 0.05 in all groups'],
    ['5 °C to 12 °C'],
    ['fell from 5 °C to 12 °C'],
    ['to 12 °C, by 40 or €40'],
    ['to 12 C, by 40 % or €40'],
    ['by 40 % or $40; 10⁶ cells'],
    ['to 12 °C, by 40'],
    ['40; 10⁶ cells on'],
    ['or €40; 106 cells'],
    ['or €40; 10'],
    ['€40; 10⁷ cells on 25 m² of'],
    ['cells on 25 m'],
    ['cells on 25 m2 of'],
    ['3 % – in non-refundable lots'],
    ['refundable lots'],
    ['we can'],
    ['H₂O, 2 times'],
    ['at H₂O, 21/2 times'],
  ])('not found: %s', (quote) => {
    expect(locateQuote(measured, quote)).toBeUndefined();
  });
});

test('of several places, the one nearest to where it is looked for', () => {
  const twice = 'Bees dance at noon. Drones rest. Bees dance at noon. All sleep. BEES dance at noon.';
  expect(locateQuote(twice, 'Bees dance at noon')?.range.start).toBe(0);
  expect(locateQuote(twice, 'Bees dance at noon', 30)?.range.start).toBe(33);
  expect(locateQuote(twice, 'bees dance at noon', 90)?.range.start).toBe(64);
  expect(locateQuote(twice, 'Bees dance … at noon', 30)).toBeUndefined();
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
  'Side effects fell (p < 0.05) by 12 % at -5 °C and by 40 % at +20 °C in all groups but one.',
  'It costs €40 or $45 a piece, holds 10⁶ cells on 25 m² and is wrong by ±3 % at the very worst.',
];
const library = sentences.join(' ');
const passages = sentences.map((sentence, n) => testPassage(sentence, { chunkId: n + 1, documentId: `doc-${n}` }));

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
  'another sign': (words, at, spice) =>
    changeSign(words, at, (sign) => signs[(signs.indexOf(sign) + 1 + (spice % 8)) % 9] ?? '%'),
  'a sign lost': (words, at) => changeSign(words, at, () => ''),
  'a number with another sign': (words, at) =>
    changeFirst(words, at, /[+-]?\d/, (number) => (number.startsWith('-') ? number.slice(1) : `-${number}`)),
  'an exponent flattened': (words, at) => changeFirst(words, at, /[²⁶]/, (raised) => raised.normalize('NFKC')),
  'an exponent lost': (words, at) => changeFirst(words, at, /[²⁶]/, () => ''),
  'two words exchanged': (words, at) => {
    const first = Math.min(at, words.length - 2);
    return words.with(first, words[first + 1] ?? '').with(first + 1, words[first] ?? '');
  },
};

const signs = ['<', '>', '%', '‰', '€', '$', '°', '±', '≥'];
const changeSign = (words: string[], at: number, change: (sign: string) => string) =>
  changeFirst(words, at, /[<>%‰€$°±≥]/, change);

/** In the word at a place, or else in the next that has it, from the beginning again. */
function changeFirst(words: string[], at: number, what: RegExp, change: (piece: string) => string): string[] {
  const places = words.flatMap((word, place) => (what.test(word) ? [place] : []));
  const place = places.find((candidate) => candidate >= at) ?? places[0];
  return place === undefined ? words : words.with(place, words[place]?.replace(what, change) ?? '');
}

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
    .match(/[+-]?\p{N}[\p{N}.,]*\p{N}|[+-]?\p{N}|[\p{L}\p{N}]+|[<>%‰€$°±≥]/gu)
    ?.join(' ') ?? '';

test('of 1,000 quotes with one thing changed at random, none is found', () => {
  const quote = fc
    .record({ sentence: fc.nat(5), from: fc.nat(10), length: fc.integer({ min: 5, max: 16 }) })
    .map(({ sentence, from, length }) => (sentences[sentence] ?? '').split(' ').slice(from, from + length))
    .filter((words) => words.length >= 3)
    // A number without its sign or unit is no quote.
    .map((words) => (locateQuote(library, words.join(' ')) === undefined ? words.slice(1, -1) : words))
    .filter(
      (words) => words.length >= 3 && !/^[\d.]+\)?$/.test(words[0] ?? '') && !/^[+-]?\d+$/.test(words.at(-1) ?? ''),
    );
  fc.assert(
    fc.property(
      quote,
      fc.constantFrom(...Object.keys(mutations)),
      fc.nat(1_000),
      fc.nat(1_000),
      (words, how, at, spice) => {
        expect(locateQuote(library, words.join(' '))).toBeDefined();
        const position = at % words.length;
        const mutated = mutations[how]?.(words, position, spice).join(' ') ?? '';
        // A letter replaced by itself, or a word by its equal, is no mutation.
        fc.pre(!` ${bare(library)} `.includes(` ${bare(mutated)} `));
        expect(locateQuote(library, mutated)).toBeUndefined();
        // Nor does the checker find it in another of the passages that were sent.
        const named = { passageNumber: 1 + (spice % passages.length), sentenceNumber: null, quote: mutated };
        expect(resolveReference(passages, named, mutated)).toBeUndefined();
      },
    ),
    { numRuns: 1_000 },
  );
});

test('of 1,000 quotes in a script without spaces with one character changed, lost or added, none is found', () => {
  const written =
    '蜜蜂は花の場所を踊りで伝え、冬には一万匹ほどの群れで寄り添って暖を取る。巣の入口では門番が見知らぬ虫を追い払う。';
  const passage = testPassage(written);
  const letter = fc.constantFrom('雪', '山', '川', '猫', '犬', '本', 'を', '九');
  const change = fc.constantFrom('changed', 'lost', 'added');
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.integer({ min: 6, max: 18 }),
      fc.nat(1_000),
      letter,
      change,
      (from, length, at, other, how) => {
        const quote = Array.from(written.slice(from, from + length));
        const place = at % quote.length;
        const mutated = quote.toSpliced(place, how === 'added' ? 0 : 1, ...(how === 'lost' ? [] : [other])).join('');
        const isKept = (text: string) => written.replaceAll(/\P{L}/gu, '').includes(text.replaceAll(/\P{L}/gu, ''));
        fc.pre(isKept(quote.join('')) && !isKept(mutated));
        expect(locateQuote(written, mutated)).toBeUndefined();
        const named = { passageNumber: 1, sentenceNumber: null, quote: mutated };
        expect(resolveReference([passage], named, mutated)).toBeUndefined();
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

describe('the address of a link', () => {
  const linked = 'See our shop (https://example.org/shop?tea=2) for green tea. It opens at noon.';
  const foundIn = (quote: string): string | undefined => {
    const located = locateQuote(linked, quote);
    return located && linked.slice(located.range.start, located.range.end);
  };

  test('may be left out of a quote', () => {
    const whole = 'See our shop (https://example.org/shop?tea=2) for green tea';
    expect(foundIn(whole)).toBe(whole);
    expect(foundIn('See our shop for green tea')).toBe(whole);
    expect(foundIn('opens at noon')).toBe('opens at noon');
  });

  test('may not be another one', () => {
    expect(foundIn('See our shop (https://example.com/shop?tea=2) for green tea')).toBeUndefined();
    expect(foundIn('See our shop (https://example.org/shop) for green tea')).toBeUndefined();
  });
});
