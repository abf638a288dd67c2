import { expect, test } from 'vitest';
import { toWireError } from './wire.ts';

test.each([
  [
    'a full disk, as the engine’s file system throws it',
    { name: 'ErrnoError', errno: 51 },
    'no room is left on the disk',
  ],
  ['anything else of the file system', { name: 'ErrnoError', errno: 44 }, 'file error 44'],
  ['a text', 'odd', 'odd'],
])('%s is told in words', (_what, thrown, words) => {
  expect(toWireError(thrown).message).toBe(words);
});
