import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderRoc, refusalF1 } from './refusal-metrics.ts';

test('the area under the curve is the share of pairs in the right order, ties counting half', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(scores, scores, (higher, lower) => {
      const pairs = higher.flatMap((one) => lower.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
      const share = pairs.reduce<number>((sum, won) => sum + won, 0) / pairs.length;
      expect(areaUnderRoc(higher, lower)).toBeCloseTo(share, 10);
    }),
  );
});

test('without one of the groups there is nothing to tell apart', () => {
  expect(areaUnderRoc([], [1])).toBeUndefined();
  expect(areaUnderRoc([1], [])).toBeUndefined();
});

test.each([
  ['all right', [true, true, false], [true, true, false], 1],
  ['one of two found, no false alarm', [true, true, false], [true, false, false], 2 / 3],
  ['everything refused', [true, false, false, false], [true, true, true, true], 0.4],
  ['nothing refused', [true, false], [false, false], 0],
])('refusal F1: %s', (_, due, refused, f1) => {
  const decisions = due.map((shouldRefuse, index) => ({ shouldRefuse, refused: refused[index] ?? false }));
  expect(refusalF1(decisions)).toBeCloseTo(f1, 10);
});

test('where nothing should be refused there is no refusal F1', () => {
  expect(refusalF1([{ shouldRefuse: false, refused: true }])).toBeUndefined();
});
