import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CitationPiece, createCitationStream } from './citation-stream.ts';

interface Filtered {
  text: string;
  /** In order; `shownBefore` is what had been written when the citation was announced. */
  cited: { passageNumber: number; number: number; claim: string; shownBefore: string }[];
}

function filter(deltas: readonly string[], passageCount: number): Filtered {
  const stream = createCitationStream(passageCount);
  const pieces: CitationPiece[] = [...deltas.flatMap((delta) => stream.push(delta)), ...stream.end()];
  const filtered: Filtered = { text: '', cited: [] };
  for (const piece of pieces) {
    if (piece.type === 'text') filtered.text += piece.text;
    else {
      const { passageNumber, number, claim } = piece;
      filtered.cited.push({ passageNumber, number, claim, shownBefore: filtered.text });
    }
  }
  return filtered;
}

test.each([
  ['Bees dance [2]. They sleep [1].', 'Bees dance [1]. They sleep [2].'],
  ['Both [1][2], again [2].', 'Both [1][2], again [2].'],
  ['A list [3, 1].', 'A list [1][2].'],
  ['A range [1-3] and [1–2].', 'A range [1][2][3] and [1][2].'],
  ['Invented [9].', 'Invented.'],
  ['Invented [9], and more [0] text [4-7] here.', 'Invented, and more text here.'],
  ['Partly [1, 9].', 'Partly [1].'],
  ['Twice [2, 2].', 'Twice [1].'],
  ['In the year [1994] or [x] or [ ] or [1 a].', 'In the year [1994] or [x] or [ ] or [1 a].'],
  ['Code `a[1]` and ``b[2]`` [3].', 'Code `a[1]` and ``b[2]`` [1].'],
  ['```js\na[1] = `b[2]`\n```\nDone [2].', '```js\na[1] = `b[2]`\n```\nDone [1].'],
  ['Code `a`[2]`b[3]` and `c` [3].', 'Code `a`[1]`b[3]` and `c` [2].'],
  ['A lone ` tick\nthen [1].', 'A lone ` tick\nthen [1].'],
  [
    'A link [1](https://evil.test) and\n[2]: https://evil.test',
    'A link [1] (https://evil.test) and\n[2] : https://evil.test',
  ],
  ['Ends in half a marker [1', 'Ends in half a marker'],
  ['Ends in a bracket [', 'Ends in a bracket ['],
  ['Nested [12[9]] markers [2].', 'Nested [12 markers [1].'],
  ['Pieces [1[9]2] of one [2].', 'Pieces [12 of one [1].'],
  ['A gap [3 [9]] and [2].', 'A gap [3 and [1].'],
])('%j', (text, expected) => {
  expect(filter([text], 3).text).toBe(expected);
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
      const { text: shown, cited } = filter([whole], passageCount);
      expect(cited.map(({ number }) => number)).toEqual(cited.map((_, index) => index + 1));
      expect(cited.some(({ number, shownBefore }) => shownBefore.includes(`[${number}]`))).toBe(false);
      expect(new Set(cited.map(({ passageNumber }) => passageNumber)).size).toBe(cited.length);
      expect(cited.every(({ passageNumber }) => passageNumber >= 1 && passageNumber <= passageCount)).toBe(true);
      for (const [, number] of shown.matchAll(/\[(\d{1,3})\]/g)) {
        expect(Number(number)).toBeLessThanOrEqual(cited.length);
        expect(Number(number)).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('nothing but an undecided marker and trailing spaces is held back', () => {
  const stream = createCitationStream(3);
  const shown = (pieces: CitationPiece[]): string =>
    pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
  expect(shown(stream.push('Bees dance'))).toBe('Bees dance');
  expect(shown(stream.push(' [1'))).toBe('');
  expect(shown(stream.push('] at'))).toBe(' [1] at');
});
