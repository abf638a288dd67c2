import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { emptyLibrary } from '../testing/empty-library.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { searchWords } from '../testing/search-words.ts';
import { listQuestionWords } from './lexemes.ts';
import { listWordsLike } from './words-like.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => emptyLibrary(database.db));
afterAll(() => database.close());

test.each([
  ['Die Bienen tanzen in der Sonne, und die Königin ist nicht unter ihnen.', 'german'],
  ['Les abeilles dansent au soleil, et la reine n’est pas avec elles dans la ruche.', 'french'],
  ['Las abejas bailan al sol y la reina no está con ellas en la colmena.', 'spanish'],
  ['Пчёлы танцуют на солнце, а матка остаётся в улье, и её не видно.', 'russian'],
  ['The bees dance in the sun and the queen is not among them.', 'english'],
  ['蜜蜂在阳光下跳舞', 'english'],
  ['ترقص النحلة في الشمس والملكة ليست معها', 'arabic'],
  ['زنبورها در آفتاب می‌رقصند و ملکه در کندو می‌ماند', 'simple'],
  ['Οι μέλισσες χορεύουν στον ήλιο', 'greek'],
  ['मधुमक्खियाँ धूप में नाचती हैं और रानी छत्ते में रहती है', 'hindi'],
  ['Albinele dansează la soare, iar regina stă în stup, înconjurată de ținutul ei', 'romanian'],
  ['Những con ong nhảy múa dưới ánh mặt trời', 'simple'],
  ['', 'english'],
])('the language of %j is %s', async (sample, language) => {
  const { rows } = await sql<{ language: string }>`select text_language(${sample})::text as language`.execute(
    database.db,
  );
  expect(rows).toEqual([{ language }]);
});

test.each([
  ['a German plural', 'Die Bienen tanzten in der Sonne und sie waren nicht allein.', 'Wie tanzt eine Biene?'],
  ['a French one', 'Les ruches sont dans le jardin et elles sont pleines.', 'Où est la ruche ?'],
  ['an accent that was left out', 'Das Café in Zürich ist nicht mehr da, und der Käse auch nicht.', 'cafe zurich'],
  ['an accent that was added', 'We met in the cafe and then went on.', 'café'],
  ['a stretch of Chinese', '东京塔是日本东京的一座电波塔。', '电波'],
  ['one Chinese character of a word', '緑茶は健康に良い。', '茶とは何ですか'],
  ['the word behind an acronym', 'The XMLHttpParser reads PDFs.', 'parser'],
  ['the acronym before a word', 'The XMLParser reads PDFs.', 'xml'],
  ['a stretch of Japanese', '東京タワーは東京都港区にある。', '港区のタワー'],
  ['Thai', 'กรุงเทพมหานครเป็นเมืองหลวง', 'เมืองหลวง'],
  ['Korean with its endings', '서울에서 벌을 키우는 사람들이 많다.', '서울'],
])('%s is found', async (_, content, question) => {
  const { db, scope } = database;
  const { chunkIds } = await insertTestDocument(db, scope, { id: 'a', title: '', paragraphs: [content, 'Otherwise.'] });
  const found = await searchWords(db, scope, { question, limit: 5 });
  expect(found.map(({ chunkId }) => chunkId)).toEqual([chunkIds[0]]);
});

test('a Chinese character beside another is no word of its own in a question', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'tea', paragraphs: ['緑茶は健康に良い。'] });
  const { texts } = await listQuestionWords(db, scope, ['緑茶', '茶', 'PDFs']);
  expect(texts.map((words) => words.map(({ lexeme }) => lexeme))).toEqual([['緑茶'], ['茶'], ['pdfs']]);
});

test('in a library of two languages a question has the stems that some chunk holds, and the stop words of neither', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, {
    id: 'de',
    paragraphs: ['Die Königinnen leben nicht in den Waben und die Bienen nicht allein.'],
  });
  await insertTestDocument(db, scope, {
    id: 'en',
    paragraphs: ['The queens live in the combs and the bees are not alone.'],
  });
  const { texts } = await listQuestionWords(db, scope, ['Do the Bienen and the queens die of zzyzx?', 'Die und der']);
  expect(texts[0]?.map(({ lexeme, id }) => [lexeme, id !== null])).toEqual([
    ['bien', true],
    ['queen', true],
    ['zzyzx', false],
  ]);
  expect(texts[1]).toEqual([]);
});

test('words that begin alike and are about as long are what a typo may have meant', async () => {
  const { db, scope } = database;
  await insertTestDocument(db, scope, { id: 'a', paragraphs: ['honey hornet', 'honey hornet hop', 'honey', 'wasp'] });
  const found = await listWordsLike(db, scope, ['honny']);
  expect(found.map(({ lexeme, chunkCount }) => [lexeme, chunkCount])).toEqual([
    ['honey', 3],
    ['hornet', 2],
    ['hop', 1],
  ]);
  expect(await listWordsLike(db, scope, [])).toEqual([]);
});
