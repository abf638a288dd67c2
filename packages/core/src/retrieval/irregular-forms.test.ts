import { listPassages } from '@twin/db/queries/search';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listIrregularForms } from './irregular-forms.ts';
import { findAskedQuestion, weightedCoverage } from './question-words.ts';
import { searchByWords } from './search-by-words.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const paragraphs = [
    'The bridge was built by Ada.',
    'She built a clock.',
    'Two children wrote it.',
    'Builders build.',
  ];
  await insertTestDocument(database.db, database.scope, { id: 'bridge', paragraphs });
});
afterAll(() => database.close());

test.each([
  ['When did they BUILD the bridge?', ['build built']],
  ['Who writes to a child?', ['write wrote written', 'child children']],
  ['Who wrote it?', ['write wrote written']],
  ['How many leaves are on a tree?', []],
  ['What is a rose?', []],
  ['When did prices rise?', ['rise rose risen']],
  ['Wann wurde sie gebaut?', []],
  ['Was hat der Rang mit dem Ring zu tun, den sie lead?', []],
  ['', []],
])('%s', (question, groups) => {
  expect(listIrregularForms([question]).map((forms) => forms.join(' '))).toEqual(groups);
});

test('a word is found by its irregular forms, which count once, at what the commonest of them counts', async () => {
  const { own, weighted, judged } = await findAskedQuestion(database, database.scope, 'Who did build the bridge?');
  expect(own.map(({ lexeme }) => lexeme).toSorted()).toEqual(['bridg', 'build', 'built']);
  const [build, built] = ['build', 'built'].map((lexeme) => own.find((word) => word.lexeme === lexeme));
  expect(build).toMatchObject({ word: 'built', weight: built?.weight });
  for (const form of ['build', 'built']) expect(weightedCoverage(weighted, new Set(['bridg', form]))).toBe(1);
  const once = (own.find(({ lexeme }) => lexeme === 'bridg')?.weight ?? 0) + (built?.weight ?? 0);
  expect(judged.own.weight).toBeCloseTo(once);
});

test('a form that no chunk holds gives way to those that some do, and is unknown where none is', async () => {
  const held = await findAskedQuestion(database, database.scope, 'Which child did write it?');
  expect(held.own.map(({ lexeme }) => lexeme).toSorted()).toEqual(['children', 'wrote']);
  expect(weightedCoverage(held.weighted, new Set(['children', 'wrote']))).toBe(1);
  const unknown = await findAskedQuestion(database, database.scope, 'Who did throw the bridge?');
  expect(unknown.own.map(({ lexeme }) => lexeme)).toEqual(['bridg']);
  expect(weightedCoverage(unknown.weighted, new Set(['bridg']))).toBeLessThan(0.6);
});

test('earlier questions are read by their forms too', async () => {
  const before = { earlierQuestions: ['Who did write it?'] };
  const { all } = await findAskedQuestion(database, database.scope, 'And the clock?', before);
  expect(all.map(({ lexeme }) => lexeme)).toContain('wrote');
});

test('a passage that says two forms of a word has said it once: what says all words comes first', async () => {
  const { db, scope } = database;
  const paragraphs = [
    'They build what others built, and built on.',
    'The clock that she built stands here by the sea now.',
  ];
  await insertTestDocument(db, scope, { id: 'twice', paragraphs });
  const asked = await findAskedQuestion(database, scope, 'Did she build the clock?');
  const range = { filter: undefined, chunkCount: 6, libraryChunkCount: 6 };
  const { matches, bestTogether } = await searchByWords(database, scope, { asked, range, limit: 10 });
  const found = await listPassages(
    db,
    scope,
    matches.map(({ chunkId }) => chunkId),
  );
  const contents = found.map(({ content }) => content);
  expect(contents.indexOf(paragraphs[1]!)).toBeLessThan(contents.indexOf(paragraphs[0]!));
  expect(bestTogether).toBeCloseTo(asked.judged.own.weight);
});
