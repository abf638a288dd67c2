import { expect, test } from 'vitest';
import { decompressRtf } from './decompress-rtf.ts';

// The examples of [MS-OXRTFCP], section 3: the second one refers to what it is about to write.
const hello = '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c0900206277 05b06c647d0a800fa0';
const repeated = '1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0';

test.each([
  [hello, '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n'],
  [repeated, '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'],
  ['100000000300000 04d454c4100000000 616263', 'abc'],
])('RTF that Outlook compressed is decompressed', (compressed, rtf) => {
  expect(Buffer.from(decompressRtf(fromHex(compressed))).toString('latin1')).toBe(rtf);
});

test('what is cut off yields what is there, and what is no compressed RTF is refused', () => {
  expect(Buffer.from(decompressRtf(fromHex(hello).subarray(0, 40))).toString('latin1')).toBe(
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello w',
  );
  expect(() => decompressRtf(Buffer.from('no compressed text'))).toThrow('not compressed RTF');
  expect(() => decompressRtf(Buffer.from('short'))).toThrow(RangeError);
});

function fromHex(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(' ', ''), 'hex');
}
