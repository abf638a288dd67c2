import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { cleanFileName, cleanPath, titleFromFileName } from './file-name.ts';

/** What is in names by accident, by other systems, and by people who mean no good. */
const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '//',
    '..\\',
    '%2e%2e%2f',
    'C:',
    'CON',
    'nul.txt',
    'a.',
    ' ',
    '. .',
    'etc',
    'passwd',
  ),
  fc.constantFrom(
    '\0',
    '\n',
    '\r\n',
    '\u007f',
    '\u2028',
    '\u202e',
    '\u2066',
    '\u200f',
    '\ufeff',
    '\ud83e',
    '\udea2',
    '🪢',
    'é',
  ),
  fc.constantFrom('.pdf', '.tar.gz', '<>:"|?*', 'letter', '手紙', 'x'.repeat(90), '🪢'.repeat(60)),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const name = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

/** Control and direction characters, ends of lines, halves of characters. */
const unseemly = /[\p{C}\p{Zl}\p{Zp}]/u;

test('whatever a client calls a file, its name is one that can be shown, and leads nowhere', () => {
  fc.assert(
    fc.property(name, (given) => {
      const shown = cleanFileName(given);
      expect(shown).not.toMatch(unseemly);
      expect(shown).not.toMatch(/[/\\]|^\s|\s$|^\.{0,2}$/);
      expect(shown.length).toBeLessThanOrEqual(limits.fileNameCharactersMax);
      expect(cleanFileName(shown)).toBe(shown);
      expect(titleFromFileName(shown)).not.toMatch(/^$|^\s|\s$/);
      expect(titleFromFileName(shown).isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever a path holds, it stays below where it begins', () => {
  fc.assert(
    fc.property(name, fc.integer({ min: 4, max: 300 }), (given, charactersMax) => {
      const shown = cleanPath(given, charactersMax);
      expect(shown ?? '').not.toMatch(unseemly);
      expect(shown ?? '').not.toMatch(/\\|^\/|\/$|\/\//);
      expect((shown ?? 'a').split('/').filter((one) => /^\.{0,2}$/.test(one))).toEqual([]);
      expect((shown ?? '').length).toBeLessThanOrEqual(charactersMax);
    }),
    { numRuns: 2_000 },
  );
});

test('a name that is too long keeps its extension', () => {
  const shown = cleanFileName(`${'🪢'.repeat(300)}.csv`);
  expect(shown).toMatch(/^🪢+\.csv$/u);
  expect(shown.length).toBeGreaterThan(limits.fileNameCharactersMax - 3);
});
