import { expect, test } from 'vitest';
import { isFollowUp } from './follow-up.ts';
import { relevanceOf } from './is-relevant.ts';

test.each([
  ['a single word has to be there', 1, 0.5, false],
  ['a single word that is there', 1, 1, true],
  ['of two words the commoner one', 2, 0.5, false],
  ['of two words the rarer one', 2, 0.65, true],
  ['half of a long question', 8, 0.5, true],
  ['a fifth of a long question', 8, 0.2, false],
  ['a question without words', 0, 0, false],
])('%s', (_, wordCount, weightedCoverage, relevant) => {
  expect(relevanceOf(wordCount, [{ weightedCoverage, similarity: 0.9 }], 'builtin') >= 1).toBe(relevant);
});

test('with a remote model, meaning alone is enough; without passages nothing is', () => {
  expect(relevanceOf(5, [{ weightedCoverage: 0, similarity: 0.6 }], 'openai') >= 1).toBe(true);
  expect(relevanceOf(5, [{ weightedCoverage: 0, similarity: 0.2 }], 'openai') >= 1).toBe(false);
  expect(relevanceOf(5, [], 'openai') >= 1).toBe(false);
});

test.each(['And in winter?', 'How long do they live?', 'Why?', 'What about drones?', 'Tell me more', 'Its length?'])(
  'leans on what was asked before: %s',
  (question) => {
    expect(isFollowUp(question)).toBe(true);
  },
);

test.each(['How many bees live in a hive in summer?', 'Which refunds are paid within two weeks?'])(
  'stands alone: %s',
  (question) => {
    expect(isFollowUp(question)).toBe(false);
  },
);
