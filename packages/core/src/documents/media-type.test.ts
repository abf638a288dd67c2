import { expect, test } from 'vitest';
import { charsetOf, keepCharset } from './media-type.ts';

test.each([
  ['text/html; charset=windows-1251', 'windows-1251'],
  ['text/html;CHARSET="UTF-8"', 'UTF-8'],
  ['text/html', undefined],
  [null, undefined],
])('%s declares %s', (mediaType, charset) => expect(charsetOf(mediaType)).toBe(charset));

test('a charset that was declared is kept with the type that was found, for reading the file anew', () => {
  expect(keepCharset('text/html', 'text/html; charset=koi8-r')).toBe('text/html; charset=koi8-r');
  expect(keepCharset('text/html', 'text/html')).toBe('text/html');
  expect(keepCharset('application/pdf', 'text/html; charset=koi8-r')).toBe('application/pdf');
});
