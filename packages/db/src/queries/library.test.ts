import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { listDocumentIdsNamed } from './library.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db, scope } = database;
  const paragraphs = ['A memo is a short message.'];
  await insertTestDocument(db, scope, { id: 'memo-duplicate_page', title: 'To whom it may concern', paragraphs });
  await insertTestDocument(db, scope, { id: 'policy', title: 'Refund policies of the shop', paragraphs });
  await insertTestDocument(db, scope, { id: 'article', title: 'Memo', paragraphs });
  await insertTestDocument(db, scope, { id: 'memo-draft', title: 'Draft', paragraphs, visibility: 'hidden' });
});
afterAll(() => database.close());

test.each([
  ['memo', ['article']],
  ['memo duplicate', ['memo-duplicate_page']],
  ['duplicate page', ['memo-duplicate_page']],
  ['refund policy', ['policy']],
  ['shop', []],
  ['refund memo', []],
  ['the', []],
])(
  'documents that are called hardly more than %s, by title or file name, in any form of its words',
  async (name, ids) => {
    expect(await listDocumentIdsNamed(database.db, database.scope, { name, limit: 5 })).toEqual(ids);
  },
);

test('no more than the limit, and none outside of a filter', async () => {
  const { db, scope } = database;
  expect(await listDocumentIdsNamed(db, scope, { name: 'memo', limit: 1 })).toEqual(['article']);
  const filter = { documentIds: ['policy'] };
  expect(await listDocumentIdsNamed(db, scope, { name: 'memo', limit: 5, filter })).toEqual([]);
});
