import { describe, expect, test } from 'vitest';
import { relevanceOf, type SearchEvidence } from './relevance.ts';

/** A question of four words in a library where an unknown word weighs 6. */
const evidence: SearchEvidence = {
  bestScore: 14,
  questionWeight: 18,
  rarityMax: 6,
  chunkCount: 200,
  bestSimilarity: 0.45,
  isUnspaced: false,
  trust: 1,
};

test.each<[string, Partial<SearchEvidence>, boolean]>([
  ['whose words are there', {}, true],
  ['of which the commonest word alone is there', { bestScore: 3, bestSimilarity: 0.3 }, false],
  ['that shares nothing with the documents', { bestScore: 0, bestSimilarity: 0.3 }, false],
  ['of one rare word that is there', { bestScore: 6, questionWeight: 6, bestSimilarity: 0.4 }, true],
  ['without words', { bestScore: 0, questionWeight: 0, bestSimilarity: 0.4 }, false],
  ['whose words are there, without similarities', { bestSimilarity: null }, true],
  ['of other words, without similarities', { bestScore: 3, bestSimilarity: null }, false],
])('a question %s', (_, differing, relevant) => {
  expect(relevanceOf({ ...evidence, ...differing }, 'builtin') >= 1).toBe(relevant);
});

describe.each([0.03, 0.4, 0.84])('with a model to which unrelated passages are alike by %d', (chanceSimilarity) => {
  const sureBy = (differing: { bestScore: number; nearness: number }) => {
    const bestSimilarity = chanceSimilarity + differing.nearness * (1 - chanceSimilarity);
    const { bestScore } = differing;
    return relevanceOf({ ...evidence, bestScore, chanceSimilarity, bestSimilarity }, 'transformer') >= 1;
  };

  test('meaning alone is enough, and words are', () => {
    expect(sureBy({ bestScore: 0, nearness: 0.55 })).toBe(true);
    expect(sureBy({ bestScore: 11, nearness: 0 })).toBe(true);
    expect(sureBy({ bestScore: 9, nearness: 0 })).toBe(false);
  });

  test('what the nearest of many passages has by chance is not', () => {
    for (const nearness of [-0.1, 0.12, 0.21, 0.35]) expect(sureBy({ bestScore: 3, nearness })).toBe(false);
  });

  test('half of both is', () => {
    expect(sureBy({ bestScore: 9.5, nearness: 0.47 })).toBe(true);
    expect(sureBy({ bestScore: 7, nearness: 0.47 })).toBe(false);
  });
});

test('until a remote model’s similarities are known, words decide alone', () => {
  expect(relevanceOf({ ...evidence, bestScore: 0, bestSimilarity: 0.9 }, 'openai')).toBe(0);
  expect(relevanceOf({ ...evidence, bestSimilarity: 0.1 }, 'openai')).toBeGreaterThan(1);
});

test('the fewer passages there are, the less it takes; from 60 on it takes all', () => {
  const near = { ...evidence, bestScore: 2, bestSimilarity: 0.45 };
  const sure = [1, 2, 8, 30, 60, 10_000].map((chunkCount) => relevanceOf({ ...near, chunkCount }, 'builtin'));
  expect(sure).toEqual(sure.toSorted((a, b) => b - a));
  expect(sure.at(-1)).toBe(sure.at(-2));
  expect(sure[0]).toBeCloseTo(2 * (sure.at(-1) ?? 0));
});

test('asking one more word that nobody knows makes less sure', () => {
  const more = { ...evidence, questionWeight: evidence.questionWeight + evidence.rarityMax };
  expect(relevanceOf(more, 'builtin')).toBeLessThan(relevanceOf(evidence, 'builtin'));
});

test('what a language sounds like to a model that has not learned it says nothing', () => {
  const strange = { ...evidence, trust: 0, bestSimilarity: 0.98 };
  expect(relevanceOf({ ...strange, bestScore: 4 }, 'builtin')).toBeLessThan(1);
  expect(relevanceOf({ ...strange, bestScore: 9 }, 'builtin')).toBeGreaterThan(1);
});

test('pairs of characters need to meet less often than words', () => {
  const pairs = { ...evidence, trust: 0, bestScore: 6 };
  expect(relevanceOf(pairs, 'builtin')).toBeLessThan(1);
  expect(relevanceOf({ ...pairs, isUnspaced: true }, 'builtin')).toBeGreaterThan(1);
  expect(relevanceOf({ ...pairs, isUnspaced: true, bestSimilarity: null }, 'builtin')).toBeGreaterThan(1);
});
