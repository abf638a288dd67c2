import { expect, test } from 'vitest';
import { formatPages } from './format.ts';

test('places are named as the format names them', () => {
  expect(formatPages(4, 6)).toBe('pp. 4–6');
  expect(formatPages(3, null, 'slide')).toBe('slide 3');
  expect(formatPages(3, 5, 'slide')).toBe('slides 3–5');
  expect(formatPages(null, null, 'slide')).toBeNull();
});
