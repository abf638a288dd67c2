import { expect, test } from 'vitest';
import { cleanFileName, cleanFolder } from './file-name.ts';

test.each([
  ['docs/guide', 'docs/guide'],
  ['docs\\guide\\', 'docs/guide'],
  ['../../etc', 'etc'],
  ['/./a//b/..', 'a/b'],
  ['a\u0007\u202eb/ c ', 'ab/c'],
  ['', undefined],
  ['..', undefined],
])('the folder %j is shown as %j', (given, shown) => {
  expect(cleanFolder(given)).toBe(shown);
});

test('a file is called by the last name of its path', () => {
  expect(cleanFileName('../../etc/long\u0007.txt')).toBe('long.txt');
  expect(cleanFileName('/')).toBe('unnamed');
});
