import { expect, test } from 'vitest';
import { isOneCharacter } from './is-one-character.ts';

test.each([
  ['x', true],
  ['5?', true],
  [' я ', true],
  ['R2', false],
  ['What is R?', false],
  ['蜂', false],
  ['?', false],
])('%s: %s', (question, isOne) => {
  expect(isOneCharacter(question)).toBe(isOne);
});
