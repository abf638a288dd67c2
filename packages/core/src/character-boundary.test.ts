import { expect, test } from 'vitest';
import { characterBoundary } from './character-boundary.ts';

test('a place between the halves of a surrogate pair is moved before it, any other is left', () => {
  const text = 'a🦉b';
  expect([0, 1, 2, 3, 4].map((at) => characterBoundary(text, at))).toEqual([0, 1, 1, 3, 4]);
});
