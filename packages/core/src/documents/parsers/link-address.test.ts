import { expect, test } from 'vitest';
import { withAddress } from './link-address.ts';

const long = `https://example.org/?click=${'x'.repeat(200)}`;

test.each([
  ['the booking form', 'https://example.org/book?room=4', 'the booking form (https://example.org/book?room=4)'],
  ['write to us', ' mailto:ada@example.org ', 'write to us (mailto:ada@example.org)'],
  ['Call', 'tel:+4930123', 'Call (tel:+4930123)'],
  ['Mercury ', 'https://example.org/Mercury_(planet)', 'Mercury (https://example.org/Mercury_%28planet%29) '],
  ['4th of July', 'https://example.org/4th', '4th of July (https://example.org/4th)'],
])('%j leads to %j', (text, href, shown) => {
  expect(withAddress(text, href)).toBe(shown);
});

test.each([
  ['https://example.org/', 'https://example.org'],
  ['www.Example.org', 'https://example.org/'],
  ['example.org/a/very/', 'https://example.org/a/very/long/address'],
  ['ada@example.org', 'mailto:ada@example.org'],
  ['Ada (ada@example.org)', 'mailto:ada@example.org'],
  ['further down', '#section'],
  ['next page', '/page/2'],
  ['run', 'javascript:alert(1)'],
  ['open', 'file:///etc/passwd'],
  ['two', 'https://example.org/ https://example.com/'],
  ['nowhere', 'https://'],
  ['nobody', 'mailto:'],
  ['click', long],
  ['•', 'https://example.org'],
  ['text', undefined],
])('%j that leads to %j stays as it is', (text, href) => {
  expect(withAddress(text, href)).toBe(text);
});
