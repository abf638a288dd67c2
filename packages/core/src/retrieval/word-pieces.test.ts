import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cutWordPieces } from './word-pieces.ts';

const words = (await readFile(new URL('static-model/vocabulary.txt', import.meta.url), 'utf8')).trimEnd().split('\n');
const vocabulary = new Map(words.map((word, index) => [word, index]));

/** What the reference implementation of BERT's uncased tokenizer gives. */
test.each([
  ['When are the tomatoes watered?', 'when are the tomatoes watered ?'],
  ['Café Zürich — naïve coöperation!', 'cafe zurich — naive cooperation !'],
  ['tokenization of unbelievability 42x', 'token ##ization of un ##bel ##ie ##va ##bility 42 ##x'],
  ['日本語 text', '日 本 語 text'],
  ['a😀b', '[UNK]'],
  ['ﬁnance  ² ½ İstanbul', 'ﬁ ##nan ##ce ² ½ istanbul'],
  ["don't_stop.camelCase", "don ' t _ stop . camel ##case"],
  ['', ''],
])('%j is cut as the teacher cuts it', (text, pieces) => {
  const cut = cutWordPieces(text, vocabulary, vocabulary.get('[UNK]')!);
  expect(cut.map((piece) => words[piece]).join(' ')).toBe(pieces);
});
