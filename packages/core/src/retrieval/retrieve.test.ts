import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';
import { type BeeLibrary, insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { type Retrieval, retrieve } from './retrieve.ts';

let database: TestDatabase;
let library: BeeLibrary;
beforeAll(async () => {
  database = await createTestDatabase();
  library = await insertBeeLibrary(database);
});
afterAll(() => database.close());

async function search(
  question: string,
  overrides: Partial<Deps> = {},
  earlierQuestions: string[] = [],
): Promise<Retrieval> {
  return await retrieve(createTestDeps(database, overrides), database.scope, { question, limit: 8, earlierQuestions });
}

test('the passage that holds the answer comes first, with what a citation needs', async () => {
  const { passages, relevant } = await search('How many bees does a strong hive hold in summer?');
  expect(relevant).toBe(true);
  expect(passages[0]).toMatchObject({
    documentId: 'bees',
    documentTitle: 'The honey bee',
    ordinal: 1,
    headingPath: [],
  });
  expect(passages[0]?.similarity).toBeGreaterThan(0.2);
  for (const { versionId, startOffset, endOffset, content } of passages) {
    const document = versionId === library.bees.versionId ? library.bees : library.refunds;
    expect(document.canonicalText.slice(startOffset, endOffset)).toBe(content);
  }
  expect(passages.map(({ score }) => score)).toEqual(passages.map(({ score }) => score).toSorted((a, b) => b - a));
});

test('meaning finds what shares no stemmed word with the question', async () => {
  const pointing: Embedder = {
    ...testEmbedder,
    embed: (texts) =>
      testEmbedder.embed(
        texts.map(() => 'Drones have no sting'),
        'question',
      ),
  };
  const { passages } = await search('Männliche Tiere?', { embedder: pointing });
  expect(passages[0]?.content).toContain('Drones');
});

test.each<[string, Partial<Embedder>]>([
  ['another model than the one that embedded the documents', { modelName: 'other' }],
  ['of another width', { dimensions: 32 }],
  ['down', { embed: () => Promise.reject(new Error('down')) }],
])('an embedder that is %s leaves the search to words alone', async (_, fault) => {
  const { passages, relevant } = await search('When are refunds paid?', { embedder: { ...testEmbedder, ...fault } });
  expect(passages[0]?.documentId).toBe('refunds');
  expect(passages.every(({ similarity }) => similarity === null)).toBe(true);
  expect(relevant).toBe(true);
});

test('a question about something else is not relevant, and shows the nearest passages all the same', async () => {
  const { passages, relevant } = await search('Who painted the ceiling of the Sistine Chapel?');
  expect(relevant).toBe(false);
  expect(passages.length).toBeGreaterThan(0);
});

test('an earlier question leads a follow-up, and does not lead a new one away', async () => {
  const followUp = await search('How long do they live?', {}, ['Tell me about drones']);
  expect(followUp).toMatchObject({ relevant: true });
  expect(followUp.passages[0]?.content).toContain('Drones');
  const newTopic = await search('When are refunds for returned goods paid?', {}, ['Tell me about drones']);
  expect(newTopic.passages[0]?.documentId).toBe('refunds');
});

test('a filter leaves its documents alone to be searched', async () => {
  const question = 'How many bees does a strong hive hold in summer?';
  const filter = { documentIds: ['refunds'] };
  const found = await retrieve(createTestDeps(database), database.scope, { question, limit: 8, filter });
  expect(found.passages.map(({ documentId }) => documentId)).toContain('refunds');
  expect(found.passages.map(({ documentId }) => documentId)).not.toContain('bees');
  expect(found.relevant).toBe(false);
});

test('an earlier question does not make the next one about something else belong', async () => {
  const found = await search('Who painted the ceiling of the Sistine Chapel?', {}, ['How many bees does a hive hold?']);
  expect(found.relevant).toBe(false);
});

test('a word that stands in a question twice, once misspelled, is searched for once', async () => {
  const { passages, relevant } = await search('Do drones or dronnes have a sting?');
  expect(passages[0]?.content).toContain('Drones');
  expect(relevant).toBe(true);
});

test('a search that is aborted ends as canceled', async () => {
  const deps = createTestDeps(database);
  const searching = retrieve(deps, database.scope, { question: 'Bees?', limit: 8, signal: AbortSignal.abort() });
  await expect(searching).rejects.toMatchObject({ code: 'canceled' });
});

test('any text is a valid question', async () => {
  for (const question of [
    `'; drop table chunk; --`,
    String.raw`a\ & | ! ( : * 'b`,
    'the of and',
    '🐝🐝',
    '%_',
    'x'.repeat(8_000),
  ]) {
    await expect(search(question)).resolves.toMatchObject({ relevance: expect.any(Number) });
  }
});

test('one document does not take all places from another', async () => {
  const { db, scope } = database;
  const paragraphs = Array.from({ length: 12 }, (_, index) => `Beekeeping tools, part ${index}: smokers and veils.`);
  await insertTestDocument(db, scope, { id: 'long', title: 'Tools', paragraphs });
  await insertTestDocument(db, scope, {
    id: 'short',
    title: 'Shop',
    paragraphs: ['We sell some tools for the garden.'],
  });
  const { passages } = await search('Which beekeeping tools are there?');
  expect(passages.map(({ documentId }) => documentId)).toContain('short');
  expect(passages).toHaveLength(8);
});
