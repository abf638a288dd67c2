import { expect, test } from 'vitest';
import { freeAsRead } from './free-as-read.ts';

test('a piece holds until the next one is asked for, and its memory is given back then', async () => {
  async function* pieces() {
    yield Uint8Array.of(1, 2);
    yield new Uint8Array(Uint8Array.of(7, 3, 7).buffer, 1, 1);
    yield Uint8Array.of(4);
  }
  const seen: Uint8Array[] = [];
  const values: number[][] = [];
  for await (const piece of freeAsRead(pieces())) {
    seen.push(piece);
    values.push([...piece]);
  }
  expect(values).toEqual([[1, 2], [3], [4]]);
  // The one in the middle is a part of memory that may have other readers.
  expect(seen.map(({ byteLength }) => byteLength)).toEqual([0, 1, 0]);
});
