import { parseDocument } from '@twin/core/documents/parse-document';
import { readLimits } from '@twin/core/documents/read-limits';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignText } from './align-text.ts';

async function read(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const parsed = await parseDocument({ bytes, fileName: 'text.txt', mediaType: 'text/plain', limits: readLimits });
  return parsed.canonicalText;
}

test.each([
  ['spaces and blank lines that reading folds', 'One  two.\n\n\n  Three\tfour.', 'Three\tfour.', 'Three four.'],
  ['a character of two code units before it', '🐝🐝 Bees dance.', 'dance', 'dance'],
  ['an accent that reading composes', 'Le cafe\u0301 noir', 'cafe\u0301', 'café'],
  [
    'marks that reading puts in another order',
    'كلمة قو\u064f\u0651ة هنا',
    'قو\u064f\u0651ة',
    'قو\u064f\u0651ة'.normalize('NFC'),
  ],
  ['a letter that reading takes apart', 'सड\u093cक लड़का', 'लड़का', 'लड़का'.normalize('NFC')],
  ['a syllable that reading puts together', '가 \u1112\u1161\u11ab글', '\u1112\u1161\u11ab글', '한글'],
  ['white space around it', 'a \n\n b \n\n c', ' b ', 'b'],
  ['the marks of a heading and of items before it', '# Bees\n\n- They dance.\n- They hum.', 'They hum', 'They hum'],
  ['an invisible character', 'soft\u00adware is cut', 'software'.replace('ft', 'ft\u00ad'), 'software'],
])('a place is found again in the canonical text: %s', async (_, source, wanted, expected) => {
  const canonical = await read(source);
  const start = Array.from(source.slice(0, source.indexOf(wanted))).length;
  const [from, to] = alignText(source, canonical)(start, start + Array.from(wanted).length);
  expect(canonical.slice(from, to)).toBe(expected);
});

test('any words keep their places', async () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}🐝]{1,8}$/u).map((text) => text.normalize('NFC'));
  const gap = fc.constantFrom(' ', '  ', '\n', '\n\n', '\t', ' \n \n ');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 12 }), async (parts) => {
      const source = parts.map(([text, after]) => text + after).join('');
      const canonical = await read(source);
      const locate = alignText(source, canonical);
      let at = 0;
      for (const [text, after] of parts) {
        const length = Array.from(text).length;
        expect(canonical.slice(...locate(at, at + length))).toBe(text);
        at += length + after.length;
      }
    }),
    { numRuns: 50 },
  );
});

test('texts that say different things are not laid over each other', () => {
  expect(() => alignText('one two', 'one three')).toThrow('where its source has');
});
