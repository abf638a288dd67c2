import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseByScore, type ScoredList } from './fuse.ts';
import { spreadDocuments } from './spread-documents.ts';

function list(weight: number, scores: Record<string, number>): ScoredList<string> {
  return { weight, hits: Object.entries(scores).map(([id, score]) => ({ id, score })) };
}

test('what both lists hold high comes first', () => {
  const fused = fuseByScore([list(1, { a: 12, b: 11, c: 2 }), list(1, { b: 0.7, d: 0.6, e: 0.2 })]);
  expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c', 'e']);
});

test('first place in every list scores 1, and a list that found nothing takes nothing away', () => {
  expect(fuseByScore([list(1, { a: 9 }), list(0.3, { a: 0.4 })])).toEqual([{ id: 'a', score: 1 }]);
  expect(fuseByScore([list(1, { a: 9 }), list(0.3, {})])).toEqual([{ id: 'a', score: 1 }]);
  expect(fuseByScore([])).toEqual([]);
});

test('a light list decides where the heavy one is undecided, and only there', () => {
  const light = list(0.3, { second: 0.9, other: 0.1 });
  expect(fuseByScore([list(1, { first: 10, second: 9, last: 0 }), light])[0]?.id).toBe('second');
  expect(fuseByScore([list(1, { first: 10, second: 5, last: 0 }), light])[0]?.id).toBe('first');
});

test('the last of a list that found all there is still beats what only the other list found last but one', () => {
  const meaning = list(0.3, { a: 0.9, other: 0.3, c: 0.1 });
  const fused = fuseByScore([{ ...list(1, { a: 10, b: 4 }), floor: 0 }, meaning]);
  expect(fused.map(({ id }) => id)).toEqual(['a', 'b', 'other', 'c']);
});

test('the unit of a list does not matter', () => {
  const words = { a: 12, b: 7, c: 2 };
  const meaning = { c: 0.8, b: 0.5, d: 0.1 };
  const percent = Object.fromEntries(Object.entries(meaning).map(([id, score]) => [id, 100 * score]));
  const plain = fuseByScore([list(1, words), list(0.5, meaning)]);
  const scaled = fuseByScore([list(1, words), list(0.5, percent)]);
  expect(scaled.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
});

test('every id comes out once, scored in [0, 1], best first', () => {
  const hit = fc.record({ id: fc.nat(50), score: fc.double({ min: -1, max: 100, noNaN: true }) });
  const hits = fc
    .uniqueArray(hit, { selector: ({ id }) => id })
    .map((found) => found.toSorted((a, b) => b.score - a.score));
  const anyList = fc.record({ hits, weight: fc.double({ min: 0.1, max: 2, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(anyList, { maxLength: 4 }), (lists) => {
      const fused = fuseByScore(lists);
      const ids = lists.flatMap((given) => given.hits.map(({ id }) => id));
      expect(fused).toHaveLength(new Set(ids).size);
      expect(new Set(fused.map(({ id }) => id))).toEqual(new Set(ids));
      for (const [index, { score }] of fused.entries()) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-9);
        expect(score).toBeLessThanOrEqual(fused[index - 1]?.score ?? 2);
      }
    }),
  );
});

function passagesOf(documentId: string, count: number): { documentId: string; name: string }[] {
  return Array.from({ length: count }, (_, index) => ({ documentId, name: `${documentId}${index}` }));
}

test('a long document makes room for others and keeps its place when it is alone', () => {
  const spread = spreadDocuments([...passagesOf('long', 4), ...passagesOf('short', 1)], 2);
  expect(spread.map(({ name }) => name)).toEqual(['long0', 'long1', 'short0', 'long2', 'long3']);
  expect(spreadDocuments(passagesOf('long', 4), 2)).toEqual(passagesOf('long', 4));
});
