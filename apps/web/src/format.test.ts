import { expect, test } from 'vitest';
import { formatCost, formatPages, formatWait } from './format.ts';

test('places are named as the format names them', () => {
  expect(formatPages(4, 6)).toBe('pp. 4–6');
  expect(formatPages(3, null, 'slide')).toBe('slide 3');
  expect(formatPages(3, 5, 'slide')).toBe('slides 3–5');
  expect(formatPages(null, null, 'slide')).toBeNull();
});

test.each([
  [1, '1 s'],
  [59_001, '1 min'],
  [185_000, '3 min 5 s'],
  [3_599_000, '59 min 59 s'],
  [3_600_000, '1 h'],
  [86_395_000, '24 h'],
  [7_801_000, '2 h 11 min'],
])('a wait of %d ms reads %s', (ms, words) => {
  expect(formatWait(ms)).toBe(words);
});

test.each([
  [0.000_612, 'USD', '$0.00061'],
  [1.2, 'EUR', '€1.20'],
  [0.000_612, null, '0.00061'],
  [1.2, undefined, '1.20'],
])('a cost of %d in %s reads %s', (cost, currency, words) => {
  expect(formatCost(cost, currency)).toBe(words);
});
