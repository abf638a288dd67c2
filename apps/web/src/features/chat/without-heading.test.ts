import { expect, test } from 'vitest';
import { withoutHeading } from './without-heading.ts';

test.each([
  ['Later years\n\nFrom 1966 she taught.', ['Life', 'Later years'], 'From 1966 she taught.'],
  ['From 1966 she taught.', ['Life', 'Later years'], 'From 1966 she taught.'],
  ['Later years of hers were quiet.', ['Later years'], 'Later years of hers were quiet.'],
  ['Later years\n', ['Later years'], 'Later years\n'],
  ['No heading at all.', [], 'No heading at all.'],
])('of %j under %j, %j is shown', (excerpt, headingPath, shown) => {
  expect(withoutHeading(excerpt, headingPath)).toBe(shown);
});
