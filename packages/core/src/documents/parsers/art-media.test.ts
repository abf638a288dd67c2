import { expect, test } from 'vitest';
import { createArtMedia } from './art-media.ts';

test('a picture that claims more than there is costs itself alone, and no number of them is copied', () => {
  const media = createArtMedia(10);
  let bytesRead = 0;
  const picture = (bytes: number) => () => {
    bytesRead += bytes;
    return { kind: 'png', bytes: Buffer.alloc(bytes) };
  };
  expect(media.add('1', picture(6))).toBe('media/1.png');
  expect(() => media.add('2', picture(8))).toThrow('longer');
  expect(media.add('3', picture(4))).toBe('media/3.png');
  for (let number = 4; number < 100; number += 1) expect(() => media.add(String(number), picture(8))).toThrow('longer');
  expect(bytesRead).toBeLessThan(40);
  expect([...media.files.keys()]).toEqual(['media/1.png', 'media/3.png']);
});
