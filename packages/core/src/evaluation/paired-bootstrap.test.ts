import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedBootstrap } from './paired-bootstrap.ts';

test('the same differences give the same interval, with the mean inside', () => {
  const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(differences, (values) => {
      const one = pairedBootstrap(values)!;
      expect(pairedBootstrap(values)).toEqual(one);
      expect(one.low).toBeLessThanOrEqual(one.mean + 0.05);
      expect(one.high).toBeGreaterThanOrEqual(one.mean - 0.05);
      expect(one.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
      expect(one.high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
    }),
    { numRuns: 20 },
  );
});

test('the interval is as wide as theory says for a large sample', () => {
  // Half the pairs gain one, half gain nothing: standard error 0.5 / sqrt(400) = 0.025, so 95 % within ± 0.049.
  const { mean, low, high } = pairedBootstrap(Array.from({ length: 400 }, (_, index) => index % 2))!;
  expect(mean).toBe(0.5);
  expect(low).toBeCloseTo(0.451, 2);
  expect(high).toBeCloseTo(0.549, 2);
});

test('without pairs there is no difference', () => {
  expect(pairedBootstrap([])).toBeUndefined();
});
