import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { shownPaths } from './shown-paths.ts';

test('ten thousand paths of one name are numbered in no time', async () => {
  // Told apart by signs that are not shown.
  const invisible = (index: number) =>
    index.toString(2).padStart(14, '0').replaceAll('0', '\u200b').replaceAll('1', '\u200c');
  const paths = Array.from({ length: 10_000 }, (_, index) => `${invisible(index)}a.txt`);
  const names = shownPaths(['a (3).txt', ...paths]);
  expect(names.slice(0, 4)).toEqual(['a (3).txt', 'a.txt', 'a (2).txt', 'a (4).txt']);
  expect(new Set(names).size).toBe(10_001);
  expect(await isSlow(() => shownPaths(paths), 1_000)).toBe(false);
});
