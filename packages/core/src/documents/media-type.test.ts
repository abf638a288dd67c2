import { expect, test } from 'vitest';
import { charsetOf, declaredMediaType, keepCharset, withoutParameters } from './media-type.ts';

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

test('people are shown the type without what a reader needs beside it', () => {
  expect(withoutParameters('text/html ; charset=koi8-r; format=flowed')).toBe('text/html');
  expect(withoutParameters('application/pdf')).toBe('application/pdf');
});

test.each([
  ['text/html; charset=koi8-r', 'text/html; charset=koi8-r'],
  ['application/x-www-form-urlencoded', null],
  ['Application/X-WWW-Form-URLencoded; charset=utf-8', null],
  [undefined, null],
])('an upload sent as %s declares its file to be %s', (contentType, declared) => {
  expect(declaredMediaType(contentType)).toBe(declared);
});
