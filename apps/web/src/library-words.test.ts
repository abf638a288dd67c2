import { expect, test } from 'vitest';
import { wordsOfCount, wordsOfUnready } from './library-words.ts';

test.each([
  [{ ready: 3, inProgress: 0, failed: 0, retryable: 0, locked: 0, canceled: 0, total: 3 }, []],
  [
    { ready: 3, inProgress: 2, failed: 1, retryable: 1, locked: 0, canceled: 0, total: 6 },
    ['2 being read', '1 failed'],
  ],
  // Locked and unreadable ones are among the failed.
  [
    { ready: 0, inProgress: 0, failed: 3, retryable: 0, locked: 1, canceled: 0, total: 3 },
    ['1 locked', '2 not readable'],
  ],
  [{ ready: 3, inProgress: 0, failed: 0, retryable: 0, locked: 0, canceled: 1, total: 4 }, ['1 canceled']],
])('what is not ready is told apart: %o', (documents, words) => {
  expect(wordsOfUnready(documents)).toEqual(words);
});

test.each([
  [{ inProgress: 0, total: 0 }, ''],
  [{ inProgress: 0, total: 48 }, '48'],
  [{ inProgress: 19, total: 48 }, '19 of 48'],
])('beside the number of documents stands how many of them are being read: %o', (documents, words) => {
  expect(wordsOfCount(documents)).toBe(words);
});
