import { expect, test } from 'vitest';
import { sayQuote } from './say-quote.ts';

test.each([
  ['It flew in 1924.[2] So did the [Skua](x).', String.raw`It flew in 1924. So did the \[Skua\](x).`],
  ['Read the guide (https://example.org/guide) first.', 'Read the guide first.'],
  [
    'Used in films.[4] (https://example.org/a#cite-4)[5] (https://example.org/a#cite-5): 207 They loop.',
    'Used in films. They loop.',
  ],
  ['Goals set forth[40] (https://example.org/a#cite-40) in the manifesto', 'Goals set forth in the manifesto'],
  ['It was lost.[citation needed] Nobody was hurt.[1][a]', 'It was lost. Nobody was hurt.'],
  ['The first is list[0], not list[1].', String.raw`The first is list\[0\], not list\[1\].`],
  ['See chapter (3) and [12] below.', String.raw`See chapter (3) and \[12\] below.`],
])('%s is said as %s', (text, said) => {
  expect(sayQuote(text)).toBe(said);
});
