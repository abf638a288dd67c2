import { listQuestionWords } from '@twin/db/queries/lexemes';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { correctTypos } from './correct-typos.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const paragraphs = [
    'Anna Kowalczyk runs the smoking hive with Marie Quill and Jonas Schröder.',
    'The rent goes to the landlord. A grey heron stands in the photograph of the orchard.',
    'Rent, rent and rent again: the vent of valve E1235 is open, and version A5 is out.',
    'A noon shift. The gloss of glossy paint. Moored boats.',
    'Пасека Ковальчука стоит у реки.',
  ];
  await insertTestDocument(database.db, database.scope, { id: 'bees', title: 'Bees', paragraphs });
});
afterAll(() => database.close());

/** The words that a question of one language is searched by, those that no passage holds in brackets. */
async function searchedBy(question: string): Promise<string[]> {
  const { texts } = await listQuestionWords(database.db, database.scope, [question]);
  const words = await correctTypos(database, database.scope, question, texts[0] ?? []);
  return words.map(({ lexeme, id }) => (id === null ? `[${lexeme}]` : lexeme));
}

test.each([
  ['Kovalczyk', 'kowalczyk'],
  ['Kowalcyzk', 'kowalczyk'],
  ['smokr', 'smoke'],
  ['landlrod', 'landlord'],
  ['Jowalczyk', 'kowalczyk'],
  ['Okwalczyk', 'kowalczyk'],
  ['owalczyk', 'kowalczyk'],
  ['Kwill', 'quill'],
  ['Quil', 'quill'],
  ['Qiull', 'quill'],
  ['Shröder', 'schroder'],
  ['hiev', 'hive'],
  ['hvie', 'hive'],
  ['rnet', 'rent'],
  ['ehron', 'heron'],
  ['orhcard', 'orchard'],
  ['fotograph', 'photograph'],
  ['Товальчука', 'ковальчука'],
  ['Квоальчука', 'ковальчука'],
])('%s is searched as %s', async (typed, meant) => {
  expect(await searchedBy(typed)).toEqual([meant]);
});

test('letters of a script that are two code units each stay whole', async () => {
  expect(await searchedBy('𣴱𗸘𣴱𗸘')).toEqual(['[𣴱𗸘𣴱𗸘]']);
});

test.each([
  ['a word that a passage holds', 'vent', 'vent'],
  ['a word of English that no passage holds', 'moon', '[moon]'],
  ['another, of five letters, by its beginning', 'event', '[event]'],
  ['a number', '1234', '[1234]'],
  ['a code', 'E1234', '[e1234]'],
  ['a short code', 'A4', '[a4]'],
  ['an acronym', 'What about RNET?', '[rnet]'],
  ['three letters', 'hvi', '[hvi]'],
  ['what is too far off', 'Xowalcsik', '[xowalcsik]'],
])('%s is not corrected: %s', async (_, typed, kept) => {
  expect(await searchedBy(typed)).toEqual([kept]);
});

test('of words as near, one of the same letters is meant before one with the same beginning, and that before a common one', async () => {
  expect(await searchedBy('rnet')).toEqual(['rent']);
  expect(await searchedBy('vetn')).toEqual(['vent']);
});

test('of a long text the first unknown words are looked up', async () => {
  const typed = Array.from(
    { length: 40 },
    (_, index) => `zq${String.fromCodePoint(97 + (index % 26))}${'w'.repeat(1 + index / 26)}xk`,
  );
  expect(await searchedBy([...typed, 'Jowalczyk'].join(' '))).toContain('[jowalczyk]');
  expect(await searchedBy(['Jowalczyk', ...typed].join(' '))).toContain('kowalczyk');
});
