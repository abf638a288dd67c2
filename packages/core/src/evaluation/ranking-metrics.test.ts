import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Judgements, ndcgAt, recallAt, reciprocalRankAt } from './ranking-metrics.ts';

const graded: Judgements = new Map([
  ['d1', 3],
  ['d2', 2],
  ['d3', 3],
  ['d4', 0],
  ['d5', 1],
  ['d6', 2],
]);

test('nDCG is what the worked example of the literature gives', () => {
  expect(ndcgAt(6, ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'], graded)).toBeCloseTo(6.861 / 7.141, 3);
});

test.each<[string, string[], number, number, number]>([
  // 'ndcg_cut_10', 'recip_rank' and 'recall_2' worked out by hand for two relevant documents of grade 1.
  ['both first', ['a', 'b', 'x'], 1, 1, 1],
  ['the second and third', ['x', 'a', 'b'], (1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), 0.5, 0.5],
  ['one of two, in third place', ['x', 'y', 'a'], 0.5 / (1 + 1 / Math.log2(3)), 1 / 3, 0],
  ['none', ['x', 'y', 'z'], 0, 0, 0],
  ['nothing found', [], 0, 0, 0],
])('%s', (_, ranking, ndcg, reciprocalRank, recall) => {
  const judgements = new Map([
    ['a', 1],
    ['b', 1],
  ]);
  expect(ndcgAt(10, ranking, judgements)).toBeCloseTo(ndcg, 10);
  expect(reciprocalRankAt(10, ranking, judgements)).toBeCloseTo(reciprocalRank, 10);
  expect(recallAt(2, ranking, judgements)).toBeCloseTo(recall, 10);
});

test('a question without a relevant document has no score, rather than a bad one', () => {
  const none = new Map([['a', 0]]);
  expect([ndcgAt(10, ['a'], none), recallAt(10, ['a'], none), reciprocalRankAt(10, ['a'], none)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const judgementsOfAll = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: ids.length, maxLength: ids.length })
  .filter((grades) => grades.some((grade) => grade > 0))
  .map((grades) => new Map(ids.map((id, index) => [id, grades[index] ?? 0])));
const rankingOfAll = fc.shuffledSubarray(ids, { minLength: 0 });

test('scores stay between 0 and 1, and looking deeper never lowers recall', () => {
  fc.assert(
    fc.property(judgementsOfAll, rankingOfAll, fc.integer({ min: 1, max: 8 }), (judgements, ranking, depth) => {
      for (const score of [ndcgAt, recallAt, reciprocalRankAt].map((measure) => measure(depth, ranking, judgements))) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }
      expect(recallAt(depth + 1, ranking, judgements)).toBeGreaterThanOrEqual(recallAt(depth, ranking, judgements)!);
    }),
  );
});

test('the order of the grades, and no other, has nDCG 1', () => {
  fc.assert(
    fc.property(judgementsOfAll, fc.shuffledSubarray(ids, { minLength: ids.length }), (judgements, ranking) => {
      const gradeOf = (id: string) => judgements.get(id) ?? 0;
      const isIdeal = ranking.every((id, index) => index === 0 || gradeOf(ranking[index - 1]!) >= gradeOf(id));
      const ideal = ranking.toSorted((a, b) => gradeOf(b) - gradeOf(a));
      expect(ndcgAt(8, ideal, judgements)).toBeCloseTo(1, 10);
      expect(Math.abs(1 - ndcgAt(8, ranking, judgements)!) < 1e-9).toBe(isIdeal);
    }),
  );
});

test('moving a better document up never lowers nDCG', () => {
  fc.assert(
    fc.property(judgementsOfAll, fc.shuffledSubarray(ids, { minLength: ids.length }), (judgements, ranking) => {
      const before = ndcgAt(8, ranking, judgements)!;
      for (let index = 1; index < ranking.length; index += 1) {
        const [upper, lower] = [ranking[index - 1]!, ranking[index]!];
        if (judgements.get(lower)! < judgements.get(upper)!) continue;
        const swapped = ranking.with(index - 1, lower).with(index, upper);
        expect(ndcgAt(8, swapped, judgements)).toBeGreaterThanOrEqual(before - 1e-12);
      }
    }),
  );
});
