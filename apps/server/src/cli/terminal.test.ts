import { expect, test } from 'vitest';
import { describeProgress } from './terminal.ts';

test.each([
  [1_200, 5_000, 4_000, 'Vectors: 1,200 of 5,000 (24 %), 300/s, 13 s left'],
  [0, 5_000, 1_000, 'Vectors: 0 of 5,000 (0 %), 0/s'],
  [100, 100_000, 1_000, 'Vectors: 100 of 100,000 (0 %), 100/s, 17 min left'],
  [10, 100_000, 1_000, 'Vectors: 10 of 100,000 (0 %), 10/s, 2 h 47 min left'],
  [5_000, 5_000, 10_000, 'Vectors: 5,000, 500/s'],
  [70, 0, 1_000, 'Vectors: 70, 70/s'],
])('%d of %d after %d ms reads as %s', (done, total, elapsedMs, expected) => {
  expect(describeProgress('Vectors', done, total, elapsedMs)).toBe(expected);
});
