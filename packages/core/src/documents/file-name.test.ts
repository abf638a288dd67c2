import { expect, test } from 'vitest';
import { cleanFileName, cleanPath, titleFromFileName } from './file-name.ts';

test.each([
  ['docs/guide', 'docs/guide'],
  ['docs\\guide\\', 'docs/guide'],
  ['../../etc', 'etc'],
  ['/./a//b/..', 'a/b'],
  ['a\u0007\u202eb/ c ', 'ab/c'],
  ['', undefined],
  ['..', undefined],
])('the folder %j is shown as %j', (given, shown) => {
  expect(cleanPath(given, 1_000)).toBe(shown);
});

test('a file is called by the last name of its path', () => {
  expect(cleanFileName('../../etc/long\u0007.txt')).toBe('long.txt');
  expect(cleanFileName('/')).toBe('unnamed');
});

test('no character is cut in two', () => {
  const long = `a${'🪢'.repeat(500)}b`;
  expect(cleanPath(`${long}/${long}`, 1_000)).toMatch(/🪢b$/u);
  for (const shown of [cleanPath(long, 1_000), cleanPath(long, 101), cleanFileName(long), titleFromFileName(long)]) {
    expect(shown?.isWellFormed()).toBe(true);
  }
});
