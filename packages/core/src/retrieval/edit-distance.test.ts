import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['hive', 'hive', 0],
  ['hive', 'hives', 1],
  ['hvie', 'hive', 1],
  ['kaczinski', 'kaczynski', 1],
  ['receit', 'receipt', 1],
  ['queen', 'drone', 4],
  ['', 'abc', 3],
])('%j and %j are %i apart', (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
});

test('it is the same both ways, and never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const distance = editDistance(one, other);
      expect(editDistance(other, one)).toBe(distance);
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(distance === 0).toBe(one === other);
    }),
  );
});
