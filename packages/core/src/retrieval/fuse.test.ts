import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseByRank } from './fuse.ts';
import { spreadDocuments } from './spread-documents.ts';

test('what both lists rank high comes first', () => {
  const fused = fuseByRank([
    { ids: ['a', 'b', 'c'], weight: 1 },
    { ids: ['b', 'd'], weight: 1 },
  ]);
  expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
});

test('first place in every list scores 1', () => {
  expect(
    fuseByRank([
      { ids: ['a'], weight: 1 },
      { ids: ['a'], weight: 0.3 },
    ]),
  ).toEqual([{ id: 'a', score: 1 }]);
  expect(fuseByRank([])).toEqual([]);
});

test('a light list reorders, but its favourite does not beat what the heavy list ranks in its first twenty', () => {
  const heavy = Array.from({ length: 20 }, (_, index) => `heavy${index}`);
  const fused = fuseByRank([
    { ids: heavy, weight: 1 },
    { ids: ['light', 'heavy9'], weight: 0.3 },
  ]);
  expect(fused.findIndex(({ id }) => id === 'heavy9')).toBe(3);
  expect(fused.at(-1)?.id).toBe('light');
});

test('every id comes out once, scored in (0, 1], best first', () => {
  const list = fc.record({ ids: fc.uniqueArray(fc.nat(50)), weight: fc.double({ min: 0.1, max: 2, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 4 }), (lists) => {
      const fused = fuseByRank(lists);
      expect(new Set(fused.map(({ id }) => id))).toEqual(new Set(lists.flatMap(({ ids }) => ids)));
      for (const [index, { score }] of fused.entries()) {
        expect(score).toBeGreaterThan(0);
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
