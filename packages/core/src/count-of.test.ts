import { expect, test } from 'vitest';
import { countOf } from './count-of.ts';
import { type RateLimitPolicy, rateLimitPolicies } from './rate-limit/policies.ts';

test('one of a kind has no s', () => {
  expect([0, 1, 2].map((count) => countOf(count, 'document'))).toEqual(['0 documents', '1 document', '2 documents']);
  expect([1, 3].map((count) => countOf(count, 'opening of a link', 'openings of a link'))).toEqual([
    '1 opening of a link',
    '3 openings of a link',
  ]);
});

test('what a limit counts is named for one as for many', () => {
  for (const { describes } of Object.values<RateLimitPolicy>(rateLimitPolicies)) {
    expect(countOf(1, ...describes)).not.toBe(countOf(1, describes[1]));
  }
});
