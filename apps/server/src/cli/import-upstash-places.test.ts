import { randomUUID } from 'node:crypto';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { migrations } from '@twin/db/migrate';
import { deleteDocuments, markDocumentsDeleted } from '@twin/db/queries/deleted-documents';
import { getVector } from '@twin/db/queries/vectors';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { type FakeUpstashServer, startFakeUpstashServer } from '@twin/testing/fake-upstash-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createUpstashImport, type UpstashImport } from '../testing/create-upstash-import.ts';

/*
 * What happens where vectors meet: others for the same place, files, and those of the pass before.
 */

const embedder = createBuiltinEmbedder();
let database: TestDatabase;
let upstash: FakeUpstashServer;
let twin: UpstashImport;

beforeAll(async () => {
  database = await createTestDatabase();
  upstash = await startFakeUpstashServer({ vectors: { dimension: 256, namespaces: new Map() } });
});

beforeEach(async () => {
  twin = await createUpstashImport(database);
});

afterAll(async () => {
  await upstash.close();
  await database.close();
});

async function listContents(): Promise<string[]> {
  const chunks = await database.db
    .selectFrom('chunk')
    .select('content')
    .where('twin_id', '=', twin.scope.twinId)
    .execute();
  return chunks.map(({ content }) => content).toSorted();
}

async function listDocumentIds(): Promise<string[]> {
  const { twinId } = twin.scope;
  const documents = await database.db
    .selectFrom('document')
    .select('id')
    .where('twin_id', '=', twinId)
    .orderBy('id')
    .execute();
  return documents.map(({ id }) => id);
}

async function insertFile(id: string): Promise<void> {
  const { versionId } = await insertTestDocument(database.db, twin.scope, { id, paragraphs: ['A file.'] });
  const file = { blob_id: randomUUID() };
  await database.db.updateTable('document_version').set(file).where('id', '=', versionId).execute();
}

async function vectorOf(text: string): Promise<number[]> {
  const [vector] = await embedder.embed([text], 'passage');
  return [...(vector ?? [])];
}

test('vectors that want one place all arrive, and a later pass finds each where it was put', async () => {
  const texts = ['The first of three.', 'The second of three.', 'The third of three.'];
  const metadata = { documentId: 'guide', chunkIndex: 0 };
  const [first, second, third] = await Promise.all(texts.map(vectorOf));
  upstash.vectors.namespaces = new Map([
    [
      '',
      [
        { id: 'a', vector: first!, data: texts[0]!, metadata },
        { id: 'b', vector: second!, data: texts[1]!, metadata },
        { id: 'guide', vector: third!, data: texts[2]! },
      ],
    ],
  ]);
  const { text } = await twin.run(upstash, { dryRun: true });
  expect(text).toContain('1 passage, 2 passage of its own document (its place was taken)');
  expect(text).toMatch(/b → guide~[0-9a-f]{16}, document/);

  const moved = { passage: 1, 'passage of its own document (its place was taken)': 2 };
  const { report, exitCode } = await twin.run(upstash);
  expect(exitCode).toBe(0);
  expect(report.namespaces).toMatchObject([{ pass: { written: 3 }, verdict: { outcomes: moved, passed: true } }]);
  expect((await twin.run(upstash)).report.namespaces).toMatchObject([
    { pass: { written: 0 }, verdict: { outcomes: moved } },
  ]);
  expect(await listContents()).toEqual(texts);
});

test('a vector that two indexes share is parted when one of them changes it; the other one keeps what it says', async () => {
  const shared = { id: 'guide', vector: await vectorOf('Shared.'), data: 'Shared.' };
  const changed = { ...shared, vector: await vectorOf('Changed.'), data: 'Changed.' };
  const other = await startFakeUpstashServer({ vectors: { dimension: 256, namespaces: new Map([['', [shared]]]) } });
  try {
    upstash.vectors.namespaces = new Map([['', [shared]]]);
    await twin.run(upstash);
    expect((await twin.run(other)).report.namespaces).toMatchObject([{ verdict: { outcomes: { passage: 1 } } }]);
    expect(await listContents()).toEqual(['Shared.']);
    upstash.vectors.namespaces.set('', [changed]);
    const parted = { 'passage of its own document (its place was taken)': 1 };
    expect((await twin.run(upstash)).report.namespaces).toMatchObject([
      { verdict: { outcomes: parted, passed: true } },
    ]);
    expect((await twin.run(other)).report.namespaces).toMatchObject([
      { pass: { written: 0 }, verdict: { passed: true } },
    ]);
    expect(await listContents()).toEqual(['Changed.', 'Shared.']);
    other.vectors.namespaces.set('', [{ ...shared, data: 'Changed too.' }]);
    expect((await twin.run(other)).report.namespaces).toMatchObject([
      { pass: { written: 1 }, verdict: { passed: true } },
    ]);
    expect(await listContents()).toEqual(['Changed too.', 'Changed.']);
  } finally {
    await other.close();
  }
});

test('what is replaced at the source under new ids takes the old places; nothing of the old is left, nothing new is lost', async () => {
  const metadata = { documentId: 'guide', chunkIndex: 0 };
  const vector = await vectorOf('Old.');
  upstash.vectors.namespaces = new Map([['', [{ id: 'old', vector, data: 'Old.', metadata }]]]);
  await twin.run(upstash);
  upstash.vectors.namespaces.set('', [{ id: 'new', vector: await vectorOf('New.'), data: 'New.', metadata }]);
  const replaced = await twin.run(upstash);
  expect(replaced.report.namespaces).toMatchObject([{ verdict: { outcomes: { passage: 1 }, passed: true } }]);
  const [only] = upstash.vectors.namespaces.get('') ?? [];
  upstash.vectors.namespaces.set('', [{ ...only!, metadata: { documentId: 'guide', chunkIndex: 4 } }]);
  await twin.run(upstash);
  expect(await getVector(database.db, twin.scope, 'guide-chunk-0')).toBeUndefined();
  expect(await getVector(database.db, twin.scope, 'guide-chunk-4')).toMatchObject({ content: 'New.' });
});

test('a file in the way is counted, and once it is gone the vector comes; a file that came later stays', async () => {
  const guide = { id: 'guide', vector: await vectorOf('Guide.'), data: 'Guide.' };
  const atlas = { id: 'atlas', vector: await vectorOf('Atlas.'), data: 'Atlas.' };
  upstash.vectors.namespaces = new Map([['', [guide, atlas]]]);
  await insertFile('guide');
  const outcomes = { passage: 1, 'skipped: a file here has its id': 1 };
  expect((await twin.run(upstash)).report.namespaces).toMatchObject([{ verdict: { outcomes, passed: true } }]);
  await database.db.transaction().execute(async (tx) => {
    await markDocumentsDeleted(tx, twin.scope, ['guide']);
    await deleteDocuments(tx, twin.scope, ['atlas']);
  });
  // A file takes the place of the other one.
  await insertFile('atlas');
  upstash.vectors.namespaces.set('', [guide]);
  const second = await twin.run(upstash);
  expect(second.exitCode).toBe(0);
  expect(second.report.namespaces).toMatchObject([{ pass: { written: 1 }, verdict: { outcomes: { passage: 1 } } }]);
  expect(await getVector(database.db, twin.scope, 'guide')).toMatchObject({ content: 'Guide.' });
  expect(await listDocumentIds()).toEqual(['atlas', 'guide']);
});

test('a dry run before the schema is brought up to date says so, and does not take the library for empty', async () => {
  upstash.vectors.namespaces = new Map([['', [{ id: 'guide', vector: await vectorOf('Guide.'), data: 'Guide.' }]]]);
  const db = database.db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
  const last = Object.keys(migrations).at(-1) ?? '';
  const applied = await db.deleteFrom('kysely_migration').where('name', '=', last).returningAll().execute();
  try {
    await expect(twin.run(upstash, { dryRun: true })).rejects.toThrow('its schema is of an earlier release');
  } finally {
    await db.insertInto('kysely_migration').values(applied).execute();
  }
});

test('a namespace that is gone at the source goes here, after the plan has said so', async () => {
  upstash.vectors.namespaces = new Map([
    ['', [{ id: 'stays', vector: await vectorOf('Stays.'), data: 'Stays.' }]],
    ['notes', [{ id: 'goes', vector: await vectorOf('Goes.'), data: 'Goes.' }]],
  ]);
  await twin.run(upstash);
  upstash.vectors.namespaces.delete('notes');
  const { text } = await twin.run(upstash, { dryRun: true });
  expect(text).toContain('notes: gone there; the 1 vector that came from it is deleted here');
  const { report, exitCode } = await twin.run(upstash);
  expect(exitCode).toBe(0);
  expect(report.namespaces).toContainEqual(
    expect.objectContaining({ namespace: 'notes', pass: expect.objectContaining({ deleted: 1 }) }),
  );
  expect(await listDocumentIds()).toEqual(['stays']);
});
