import { expect, test } from 'vitest';
import { isFollowUp } from './follow-up.ts';

test.each([
  'And in winter?',
  'How long do they live?',
  'Why?',
  'What about drones?',
  'Tell me more',
  'Its length?',
  'I meant the drones of last year',
  'Thanks, and which of the hives at the edge of the wood gave most honey last summer, after all the rain?',
])('leans on what was asked before: %s', (question) => {
  expect(isFollowUp(question)).toBe(true);
});

test.each(['How many bees live in a hive in summer?', 'Which refunds are paid within two weeks?'])(
  'stands alone: %s',
  (question) => {
    expect(isFollowUp(question)).toBe(false);
  },
);
