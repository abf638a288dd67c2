import { expect, test } from 'vitest';
import { extentOf } from './extent-of.ts';

test('the extent of more items than a call takes arguments is known', () => {
  const spans = Array.from({ length: 200_000 }, (_, index) => ({ from: index, to: index + 5 }));
  expect(
    extentOf(
      spans,
      ({ from }) => from,
      ({ to }) => to,
    ),
  ).toEqual([0, 200_004]);
  expect(extentOf([], Number)).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
});
