import { expect, test } from 'vitest';
import { widerRadius } from './use-passage.ts';

test('more of a document can be asked for any number of times', () => {
  let radius = 6_000;
  for (let press = 0; press < 20; press++) radius = widerRadius(radius);
  expect(radius).toBe(10_000_000);
  expect(widerRadius(6_000)).toBe(24_000);
});
