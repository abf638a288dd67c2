import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { countDocuments, countFailures, countSearchableChunks, findDatabaseSize, listTableSizes } from './stats.ts';
import { findTwin, incrementCorpusVersion, updateTwin } from './twins.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

test('documents are counted by the state of their newest version, chunks when they can be found', async () => {
  const { db, scope } = database;
  expect(await countDocuments(db, scope)).toEqual({ ready: 0, inProgress: 0, failed: 0, canceled: 0, total: 0 });
  expect(await countSearchableChunks(db, scope)).toBe(0);
  await insertTestDocument(db, scope, { id: 'ready', paragraphs: ['a', 'b'] });
  const busy = await insertTestDocument(db, scope, { id: 'busy', paragraphs: ['a'], visibility: 'none' });
  const canceled = await insertTestDocument(db, scope, { id: 'canceled', paragraphs: ['a'], visibility: 'none' });
  const failed = await insertTestDocument(db, scope, { id: 'failed', paragraphs: ['a'], visibility: 'none' });
  await insertTestDocument(db, scope, { id: 'deleted', paragraphs: ['a'], visibility: 'hidden' });
  await db.updateTable('document').set({ deleted_at: new Date() }).where('id', '=', 'deleted').execute();
  await db.updateTable('document_version').set({ stage: 'embedding' }).where('id', '=', busy.versionId).execute();
  await db.updateTable('document_version').set({ stage: 'canceled' }).where('id', '=', canceled.versionId).execute();
  await db
    .updateTable('document_version')
    .set({ stage: 'failed', error_code: 'corrupt' })
    .where('id', '=', failed.versionId)
    .execute();
  expect(await countDocuments(db, scope)).toEqual({ ready: 1, inProgress: 1, failed: 1, canceled: 1, total: 4 });
  expect(await countSearchableChunks(db, scope)).toBe(2);
  expect(await countFailures(db, scope)).toEqual([{ code: 'corrupt', count: 1 }]);
  expect(await countDocuments(db, mintTwinScope(2))).toEqual({
    ready: 0,
    inProgress: 0,
    failed: 0,
    canceled: 0,
    total: 0,
  });
});

test('every table is listed with its rows and bytes, the largest first', async () => {
  const { db } = database;
  const sizes = await listTableSizes(db);
  expect(sizes.find(({ name }) => name === 'twin')).toMatchObject({ rows: 1 });
  expect(sizes.map(({ name }) => name)).toContain('database_cache');
  expect(sizes.every(({ bytes }, index) => index === 0 || bytes <= sizes[index - 1]!.bytes)).toBe(true);
  expect(await findDatabaseSize(db)).toBeGreaterThan(1_000_000);
});

test('the twin has a name and a corpus version that only grows', async () => {
  const { db, scope } = database;
  const persona = { bio: '', tone: '', person: 'third', strictness: 'strict', dailyTokensMax: null } as const;
  await updateTwin(db, scope, { ...persona, name: 'Ada' });
  const versions = await Promise.all(
    [1, 2, 3].map(async () => await db.transaction().execute(async (tx) => await incrementCorpusVersion(tx, scope))),
  );
  expect(new Set(versions)).toEqual(new Set([1, 2, 3]));
  expect(await findTwin(db, scope)).toMatchObject({ id: 1, name: 'Ada', corpusVersion: 3 });
  expect(await findTwin(db, mintTwinScope(2))).toBeUndefined();
});
