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
  ['“It was lost.”[12] He said "no."[3]: 40 [4] Then.', '“It was lost.” He said "no." Then.'],
  ['"[t]he lease was held, [w]e think. [T]he end', String.raw`"\[t\]he lease was held, \[w\]e think. \[T\]he end`],
  ['It ended.[1][t]he rest', String.raw`It ended.\[t\]he rest`],
  ['get("k")[0] of {"ids": [42], "to":[7]}', String.raw`get("k")\[0\] of {"ids": \[42\], "to":\[7\]}`],
  ['Options: [a] red, [b] blue. [c] none', String.raw`Options: \[a\] red, \[b\] blue. \[c\] none`],
  ['Set .[3]: 40 with ".[0]" there', String.raw`Set .\[3\]: 40 with ".\[0\]" there`],
  ['Passed.[3]: 40 of 50', String.raw`Passed.\[3\]: 40 of 50`],
  ['See chapter (3) and [12] below.', String.raw`See chapter (3) and \[12\] below.`],
])('%s is said as %s', (text, said) => {
  expect(sayQuote(text)).toBe(said);
});
