import { expect, test } from 'vitest';
import { foundPages, leftPages } from './site-words.ts';

test.each([
  [{ found: 1, beyondLimit: 0, elsewhere: 1 }, 'The site map names 1 page. 1 of another site is left out.'],
  [{ found: 12, beyondLimit: 0, elsewhere: 2 }, 'The site map names 12 pages. 2 of other sites are left out.'],
  [
    { found: 1_000, beyondLimit: 500, elsewhere: 0 },
    `The site map names more pages than are added at once: the first ${(1_000).toLocaleString()} of ${(1_500).toLocaleString()}.`,
  ],
])('%j', (found, words) => {
  expect(foundPages(found)).toBe(words);
});

test('what is left of a site is told with its name', () => {
  const addresses = ['https://lights.example/a', 'https://lights.example/b'];
  expect(leftPages({ addresses, total: 9 })).toBe('2 of 9 pages of lights.example are not added yet.');
  expect(leftPages({ addresses: addresses.slice(1), total: 1 })).toBe('1 page of lights.example is not added yet.');
});
