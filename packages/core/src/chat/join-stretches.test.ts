import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { joinStretches, type QuotedStretch } from './join-stretches.ts';

const passages = ['a', 'b'].map((documentId) => ({ documentId, content: '' }) as Passage);
const stretch = (passage: number, start: number, end: number): QuotedStretch => {
  return { passage: passages[passage]!, range: { start, end } };
};

test('a stretch between two others joins them, in the place of the best', () => {
  const given = [stretch(0, 0, 10), stretch(1, 0, 10), stretch(0, 30, 40), stretch(0, 11, 29)];
  expect(joinStretches(given)).toEqual([stretch(0, 0, 40), stretch(1, 0, 10)]);
});

test('the sentence that was chosen first stands out of what is joined to it', () => {
  const best = (passage: number, start: number, end: number) => {
    return { ...stretch(passage, start, end), best: { start, end } };
  };
  const given = [best(0, 11, 29), best(0, 0, 10), best(0, 30, 40)];
  expect(joinStretches(given)).toEqual([{ ...stretch(0, 0, 40), best: { start: 11, end: 29 } }]);
});

test('whatever is chosen, nothing is said twice, and nothing is lost', () => {
  const any = fc
    .tuple(fc.nat(1), fc.nat(80), fc.integer({ min: 1, max: 30 }))
    .map(([passage, start, length]) => stretch(passage, start, start + length));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), (given) => {
      const joined = joinStretches(given);
      for (const [index, one] of joined.entries()) {
        for (const other of joined.slice(index + 1)) {
          const isApart = one.range.end < other.range.start || other.range.end < one.range.start;
          expect(one.passage !== other.passage || isApart).toBe(true);
        }
      }
      for (const { passage, range } of given) {
        const held = joined.filter((one) => one.passage === passage);
        expect(held.some((one) => one.range.start <= range.start && one.range.end >= range.end)).toBe(true);
      }
    }),
  );
});

test('a row of a table and the prose beside it stay apart', () => {
  const passage = { documentId: 'a', content: '| Founded | 1975 |\n\nIt grew fast.' } as Passage;
  const given = [
    { passage, range: { start: 0, end: 18 } },
    { passage, range: { start: 20, end: 33 } },
  ];
  expect(joinStretches(given)).toEqual(given);
});
