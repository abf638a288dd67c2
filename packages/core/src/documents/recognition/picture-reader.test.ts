import { makePicture } from '@twin/testing/fixtures/picture';
import { beforeEach, expect, test, vi } from 'vitest';
import { readLimits } from '../read-limits.ts';
import { loadRecogniser } from './load-recogniser.ts';
import { createPictureReader } from './picture-reader.ts';

// Another file of this process may have loaded the modules already, without what is put in their place here.
vi.hoisted(() => vi.resetModules());
// The engine itself, only counted.
vi.mock('./load-recogniser.ts', { spy: true });
beforeEach(() => void vi.mocked(loadRecogniser).mockClear());

const upright = [1];
const letter = () => Promise.resolve(makePicture('png', ['The lighthouse keeper was Ada Quill.']));

test('a page that cannot be drawn costs the pages after it nothing: the same engine goes on', async () => {
  const reader = createPictureReader({ languages: ['eng'] }, readLimits);
  const undrawn = () => Promise.reject(new Error('The page is damaged'));
  await reader.read(letter, upright);
  await expect(reader.read(undrawn, upright)).rejects.toThrow('The page is damaged');
  expect(await reader.read(letter, upright)).toMatchObject({
    paragraphs: [{ lines: [expect.stringContaining('Ada')] }],
  });
  expect(loadRecogniser).toHaveBeenCalledOnce();
  expect(reader.coverage).toEqual({ recognised: 2, unrecognised: 0, textless: 1 });
  reader.close();
});

test('after a picture that the engine stumbled over, a fresh one reads the next', async () => {
  const reader = createPictureReader({ languages: ['eng'] }, readLimits);
  await expect(reader.read(() => Promise.resolve(Uint8Array.of(1, 2, 3)), upright)).rejects.toThrow('cannot be opened');
  expect(await reader.read(letter, upright)).toMatchObject({
    paragraphs: [{ lines: [expect.stringContaining('Ada')] }],
  });
  expect(loadRecogniser).toHaveBeenCalledTimes(2);
  reader.close();
});

test('a picture of more than 100 megapixels is refused before anything of it is unpacked', async () => {
  const reader = createPictureReader({ languages: ['eng'] }, readLimits);
  const bomb = makePicture('png', ['The lighthouse keeper was Ada Quill.']);
  for (const at of [16, 20]) new DataView(bomb.buffer).setUint32(at, 12_000);
  await expect(reader.read(() => Promise.resolve(bomb), upright)).rejects.toThrow('too large');
  expect(loadRecogniser).not.toHaveBeenCalled();
  expect(reader.coverage).toEqual({ recognised: 0, unrecognised: 0, textless: 1 });
});
