import { isSlow } from '@twin/testing/slow-work';
import { expect, test } from 'vitest';
import { latexInline } from './latex-inline.ts';

test.each([
  ['line breaks', String.raw`\\[`.repeat(100_000)],
  ['formulas', String.raw`\(`.repeat(200_000)],
  ['set-off formulas', String.raw`\[`.repeat(200_000)],
  ['names of places', String.raw`\label[`.repeat(100_000)],
  ['citations', String.raw`\cite[`.repeat(100_000)],
  ['commands', String.raw`\a[`.repeat(200_000)],
])('LaTeX of %s that do not end is read in no time', { timeout: 120_000 }, async (_, source) => {
  expect(await isSlow(() => latexInline(source), 2000)).toBe(false);
});

test('formulas stay as they are typed', () => {
  const source = String.raw`see \(a\) and \[ b \\[2pt] c \]`;
  expect(latexInline(source)).toBe(source);
});

test('a line break is a space, with the room it asks for', () => {
  expect(latexInline(String.raw`one\\[2pt]two\\*[0.5\baselineskip]three`)).toBe('one two three');
});
