import { expect, test } from 'vitest';
import { type AskedWord, chooseWordCandidates } from './word-candidates.ts';

const rare: AskedWord = { id: 1, chunkCount: 10, weight: 8 };
const middling: AskedWord = { id: 2, chunkCount: 1_500, weight: 3 };
const common: AskedWord = { id: 3, chunkCount: 9_000, weight: 1 };

test('rare words come whole, commoner ones by the chunks that say them strongly, the commonest not at all', () => {
  expect(chooseWordCandidates([common, middling, rare], 1_000)).toEqual({ keys: [1, -2], missedScore: 3 + 1.3 });
  expect(chooseWordCandidates([common, middling, rare], 20_000)).toEqual({ keys: [1, 2, 3], missedScore: 0 });
});

test('a question of common words alone still has candidates', () => {
  expect(chooseWordCandidates([{ ...common, chunkCount: 500_000 }], 1_000).keys).toEqual([-3]);
  expect(chooseWordCandidates([], 1_000)).toEqual({ keys: [], missedScore: 0 });
});
