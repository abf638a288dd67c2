import { growsTooFast } from '@twin/testing/slow-work';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import type { CitationPiece } from './answer-pieces.ts';
import { createCitationStream } from './citation-stream.ts';
import type { UnsupportedClaim } from './message-view.ts';

interface Filtered {
  text: string;
  /** In order; `shownBefore` is what had been written when the citation was announced. */
  cited: { passageNumber: number; number: number; claim: string; shownBefore: string }[];
  unsupported: UnsupportedClaim[];
}

/** Signs of which a model might write nothing else. */
const pieces = [
  '![',
  '1.5',
  '[1.2',
  '[1: "a',
  '[1][2] ',
  '. ',
  '…',
  '“a ',
  '```',
  '`',
  '|',
  '\n',
  '- ',
  '**a ',
  '(a ',
  'a',
];

test('the time that an answer takes grows with its length, whatever it is made of', async () => {
  const slow: string[] = [];
  for (const piece of pieces) {
    const write = (length: number) => filter(Array.from<string>({ length: length / piece.length }).fill(piece), 3);
    if (await growsTooFast(write, { small: 2_000, large: 20_000, timesMax: 15 })) slow.push(piece);
  }
  expect(slow).toEqual([]);
});

/** Every passage says everything, except quotes that hold "false"; claims travel as quotes. */
function filter(deltas: readonly string[], passageCount: number): Filtered {
  const stream = createCitationStream(passageCount, ({ passageNumber, quote }, claim) => {
    if (passageNumber < 1 || passageNumber > passageCount || quote?.includes('false') === true) return undefined;
    const place = { startOffset: passageNumber, endOffset: passageNumber + 1 };
    return { passage: { chunkId: passageNumber } as Passage, quote: { ...place, quote: claim } };
  });
  const pieces: CitationPiece[] = [...deltas.flatMap((delta) => stream.push(delta)), ...stream.end()];
  const filtered: Filtered = { text: '', cited: [], unsupported: [] };
  for (const piece of pieces) {
    if (piece.type === 'text') filtered.text += piece.text;
    else if (piece.type === 'unsupported') {
      const { number, claim, quote, reason } = piece;
      filtered.unsupported.push({ number, claim, quote, reason });
    } else {
      const { number, cited } = piece;
      const { passage, quote } = cited;
      filtered.cited.push({ passageNumber: passage.chunkId, number, claim: quote.quote, shownBefore: filtered.text });
    }
  }
  return filtered;
}

test.each([
  ['Bees dance [2]. They sleep [1].', 'Bees dance [1]. They sleep [2].'],
  ['Both [1][2], again [2].', 'Both [1][2], again [2].'],
  ['A list [3, 1].', 'A list [1][2].'],
  ['A range [1-3] and [1–2].', 'A range [1][2][3] and [1][2].'],
  ['Invented [9].', 'Invented [?1].'],
  ['Invented [9], and more [0] text [4-7] here.', 'Invented [?1], and more [?2] text [?3] here.'],
  ['Partly [1, 9].', 'Partly [1].'],
  ['Twice [2, 2].', 'Twice [1].'],
  ['In the year [1994] or [x] or [ ] or [1 a].', 'In the year [1994] or [x] or [ ] or [1 a]. [?1]'],
  ['Code `a[1]` and ``b[2]`` [3].', 'Code `a[1]` and ``b[2]`` [1].'],
  ['```js\na[1] = `b[2]`\n```\nDone [2].', '```js\na[1] = `b[2]`\n```\nDone [1].'],
  ['Code `a`[2]`b[3]` and `c` [3].', 'Code `a`[1]`b[3]` and `c` [2].'],
  ['A lone ` tick\nthen [1].', 'A lone ` tick\nthen [1].'],
  [
    'A link [1](https://evil.test) and\n[2]: https://evil.test',
    'A link [1] (https://evil.test) and\n[2] : https://evil.test',
  ],
  ['Ends in half a marker [1', 'Ends in half a marker [?1]'],
  ['Ends in a bracket [', 'Ends in a bracket [ [?1]'],
  ['Nested [12[9]] markers [2].', 'Nested [12[?1] markers [1].'],
  ['Pieces [1[9]2] of one [2].', 'Pieces [1[?1]2 of one [1].'],
  ['A gap [3 [9]] and [2].', 'A gap [3 [?1] and [1].'],
  ['Bees dance [2.1]. All [2.1-3] of it [1.2, 3.1].', 'Bees dance [1]. All [1] of it [2][3].'],
  ['Bees dance [2.1 "they dance, [9] as noted"].', 'Bees dance [1].'],
  ['Bees dance [1: “they dance”][2 «tanzen»].', 'Bees dance [1][2].'],
  ['Bees swim [1.1 "false words"]. They dance [2 "so"].', 'Bees swim [?1]. They dance [1].'],
  [
    'Held by the second [1 "false"][2 "true"], and by the first [2 "true"] [1 "false"].',
    'Held by the second [1], and by the first [1].',
  ],
  ['Code in a quote [1 "`x"] and `a[1]`.', 'Code in a quote [1] and `a[1]`.'],
  ['Cut in a quote [1.2 "they da', 'Cut in a quote [?1]'],
  ['Bees dance 【2】. They sleep 【1†source】.', 'Bees dance [1]. They sleep [2].'],
  ['Bees dance [S2.1]. They sleep [^1].', 'Bees dance [1]. They sleep [2].'],
  ['Bees dance [Source 2]. They sleep [passage 1, 3].', 'Bees dance [1]. They sleep [2][3].'],
  ["Bees dance [2.1 'they dance']. They sleep [1: ‘they sleep’].", 'Bees dance [1]. They sleep [2].'],
  [
    'See [s] or [Source] or [passage of time] or [past 2] [1].',
    'See [s] or [Source] or [passage of time] or [past 2] [1].',
  ],
  ['A pass [P', 'A pass [?1]'],
  [
    'A seat [#42], [P1] or [S3] on [p. 12] of [Doc 7] and [^9] [1].',
    'A seat [#42], [P1] or [S3] on [p. 12] of [Doc 7] and [^9] [1].',
  ],
  ['Bees dance [Source #2]. They sleep [Sources 1, 9].', 'Bees dance [1]. They sleep [2].'],
  ['Cut in a dagger 【1†source', 'Cut in a dagger [?1]'],
  ['Bees dance 【1†source and all.', 'Bees dance 【1†source and all. [?1]'],
  ['Bees dance [1† of it. They sleep [2].', 'Bees dance [1† of it. [?1] They sleep [1].'],
  ['Bees dance [1†\nor not] [2].', 'Bees dance [1†\nor not] [1].'],
  [
    'Bees dance [1† with words that go on behind it for longer than any marker does [2].',
    'Bees dance [1† with words that go on behind it for longer than any marker does [1].',
  ],
  ['Bees dance [1 "so] at noon. They sleep [2].', 'Bees dance [1 "so] at noon. [?1] They sleep [1].'],
  ['Bees dance [1 "so" at noon', 'Bees dance [1 "so" at noon [?1]'],
  ['No marker [1 "a\n\nparagraph"] at all.', 'No marker [1 "a [?1]\n\nparagraph"] at all. [?2]'],
])('%j', (text, expected) => {
  expect(filter([text], 3).text).toBe(expected);
});

describe('each claim without a citation is marked', () => {
  test.each([
    [
      'Bees dance [1]. They speak Latin. They vote on Sundays! Wasps rule them. They fly to Mars. Honey is blue.',
      'Bees dance [1]. They speak Latin. [?1] They vote on Sundays! [?2] Wasps rule them. [?3] They fly to Mars. [?4] Honey is blue. [?5]',
    ],
    ['Bees speak Latin. They dance. [1]', 'Bees speak Latin. [?1] They dance. [1]'],
    ['# Bees\n\n**In short**\nBees speak\nLatin.', '# Bees\n\n**In short**\nBees speak [?1]\nLatin. [?2]'],
    ['Bees dance\nat noon [1].', 'Bees dance\nat noon [1].'],
    [
      'Here is what I found:\n- Bees dance [1]\n- Bees vote\n',
      'Here is what I found:\n- Bees dance [1]\n- Bees vote [?1]',
    ],
    ['Do bees vote? Yes. Let me know if you need more!', 'Do bees vote? Yes. Let me know if you need more!'],
    ['Bees vote.\n```js\nlet a = 1. B\n```\nDone [1].', 'Bees vote. [?1]\n```js\nlet a = 1. B\n```\nDone [1].'],
    ['The passages do not say when. Bees vote.', 'The passages do not say when. Bees vote. [?1]'],
    ['**Bees vote.** They dance [1].', '**Bees vote.** [?1] They dance [1].'],
    ['ミツバチは踊る。投票する。[1]', 'ミツバチは踊る。 [?1]投票する。[1]'],
    ['Dr. Quill built 3.5 clocks, e.g. one here [1].', 'Dr. Quill built 3.5 clocks, e.g. one here [1].'],
    [
      'Bees dance at noon [1]. At noon, bees dance. Bees vote.',
      'Bees dance at noon [1]. At noon, bees dance. Bees vote. [?1]',
    ],
    [
      'Weights:\n\n| part | kg |\n| --- | --- |\n| case | 11 [1] |\n| bell | 99 |\n\nSo it is.',
      'Weights:\n\n| part | kg |\n| --- | --- |\n| case | 11 [1] |\n| bell | 99 [?1] |\n\nSo it is.',
    ],
    ['Der Vertrag endet am 31. Dezember [1].', 'Der Vertrag endet am 31. Dezember [1].'],
    ['The lease ends Dec. 31 [1]. Art. 5 says so [2].', 'The lease ends Dec. 31 [1]. Art. 5 says so [2].'],
    ['**Fee: 40 €**\nIt is due on Monday [1].', '**Fee: 40 €**\nIt is due on Monday [1].'],
    [
      'The fee is 40 € for members and 60 € for guests [1]. The fee is 60 € for members.',
      'The fee is 40 € for members and 60 € for guests [1]. The fee is 60 € for members. [?1]',
    ],
    ['| a | b |\n| - | - |\n| kg [9] | 11 [1] |', '| a | b |\n| - | - |\n| kg [?1] | 11 [1] |'],
    ['| part | kg |\n| --- | --- |\n| bell | 99 |', '| part | kg |\n| --- | --- |\n| bell | 99 [?1] |'],
  ])('%j', (text, expected) => {
    expect(filter([text], 3).text).toBe(expected);
  });

  test('with what it claims and why', () => {
    const { unsupported } = filter(['Bees vote. They dance [9]. They sing [1 "false"].'], 3);
    expect(unsupported).toEqual([
      { number: 1, claim: 'Bees vote.', quote: null, reason: 'uncited' },
      { number: 2, claim: 'They dance', quote: null, reason: 'unknown-passage' },
      { number: 3, claim: 'They sing', quote: 'false', reason: 'quote-not-found' },
    ]);
  });
});

describe('the claim is the sentence that cites', () => {
  test.each([
    ['Bees dance. They sleep at night [1].', 'They sleep at night'],
    ['Bees dance. They sleep at night. [1]', 'They sleep at night.'],
    ['Bees [2] dance to tell where flowers are [1].', 'Bees dance to tell where flowers are'],
  ])('%j', (text, claim) => {
    expect(filter([text], 3).cited.find(({ passageNumber }) => passageNumber === 1)?.claim).toBe(claim);
  });
});

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '[1]',
        '[2][3]',
        '[1, 2]',
        '[1-3]',
        '[9]',
        ' [7]',
        '[',
        ']',
        '`',
        '```',
        '\n',
        '. ',
        '(',
        ':',
        '😀',
        '[12',
        '[2.1]',
        '[1 "words"]',
        '[1.3 "false"]',
        '[2 "',
        '"]',
      ),
      fc.string({ maxLength: 6 }),
      fc.constantFrom('word ', 'Sentence. ', '  ', '1', '-', ','),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

function cutAt(whole: string, cuts: readonly number[]): string[] {
  const ends = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...ends].map((start, index) => whole.slice(start, ends[index] ?? whole.length));
}

test('the same text gives the same outcome however it is cut into deltas', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(400), { maxLength: 60 }), fc.nat(5), (whole, cuts, passageCount) => {
      expect(filter(cutAt(whole, cuts), passageCount)).toEqual(filter([whole], passageCount));
    }),
    { numRuns: 1_000 },
  );
});

test('outside code, every shown number was announced, and numbers follow first use', () => {
  const plain = text.map((whole) => whole.replaceAll('`', ''));
  fc.assert(
    fc.property(plain, fc.nat(5), (whole, passageCount) => {
      const { text: shown, cited, unsupported } = filter([whole], passageCount);
      expect(cited.map(({ number }) => number)).toEqual(cited.map((_, index) => index + 1));
      expect(cited.some(({ number, shownBefore }) => shownBefore.includes(`[${number}]`))).toBe(false);
      expect(new Set(cited.map(({ passageNumber }) => passageNumber)).size).toBe(cited.length);
      expect(cited.every(({ passageNumber }) => passageNumber >= 1 && passageNumber <= passageCount)).toBe(true);
      for (const [, number] of shown.matchAll(/\[(\d{1,3})\]/g)) {
        expect(Number(number)).toBeLessThanOrEqual(cited.length);
        expect(Number(number)).toBeGreaterThan(0);
      }
      expect(unsupported.map(({ number }) => number)).toEqual(unsupported.map((_, index) => index + 1));
      for (const { number } of unsupported) expect(shown).toContain(`[?${number}]`);
    }),
    { numRuns: 1_000 },
  );
});

test('nothing but an undecided marker and trailing white space is held back', () => {
  const stream = createCitationStream(3, ({ passageNumber }) => ({
    passage: { chunkId: passageNumber } as Passage,
    quote: { startOffset: 0, endOffset: 1, quote: 'B' },
  }));
  const shown = (pieces: CitationPiece[]): string =>
    pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
  expect(shown(stream.push('Bees dance'))).toBe('Bees dance');
  expect(shown(stream.push(' [1'))).toBe('');
  expect(shown(stream.push('] at'))).toBe(' [1] at');
  expect(shown(stream.push(` [1† ${'word '.repeat(20)}`))).toBe(` [1† ${'word '.repeat(20).trimEnd()}`);
});
