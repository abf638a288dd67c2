import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertEmbeddings } from '../testing/insert-embeddings.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { wholeLibrary } from '../testing/whole-library.ts';
import {
  activateEmbeddingModel,
  type EmbeddingModel,
  findActiveEmbeddingModel,
  listEmbeddingModels,
  registerEmbeddingModel,
} from './embedding-models.ts';
import { countEmbeddings, listUnembeddedChunks } from './embeddings.ts';
import { findNearestChunks } from './search.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.close();
});

async function register(name: string, dimensions: number): Promise<EmbeddingModel> {
  const { db, home } = database;
  return await db
    .transaction()
    .execute(async (tx) => await registerEmbeddingModel(tx, home, { provider: 'test', name, dimensions }));
}

async function activate(modelId: number): Promise<EmbeddingModel> {
  return await database.db.transaction().execute(async (tx) => await activateEmbeddingModel(tx, modelId));
}

test('registering the same model again, also at the same time, gives the same one', async () => {
  const both = await Promise.all([register('twice', 8), register('twice', 8)]);
  expect(both[0]).toEqual(both[1]);
  expect(both[0]).toMatchObject({ provider: 'test', name: 'twice', dimensions: 8, state: 'building' });
  expect((await listEmbeddingModels(database.db)).filter((model) => model.name === 'twice')).toHaveLength(1);
});

test('exactly one model is active, and the view of the old shape shows its vectors alone', async () => {
  const { db, scope } = database;
  const narrow = await register('narrow', 2);
  const wide = await register('wide', 3);
  const { chunkIds, versionId } = await insertTestDocument(db, scope, {
    id: 'doc-1',
    title: 'Title',
    paragraphs: ['Hello', 'there'],
  });
  const hidden = await insertTestDocument(db, scope, { id: 'doc-2', paragraphs: ['Hidden'], visibility: 'hidden' });
  const [chunkId] = chunkIds;
  await insertEmbeddings(db, scope, narrow.id, [
    { chunkId: chunkId!, versionId, embedding: Float32Array.of(1, 0) },
    { chunkId: hidden.chunkIds[0]!, versionId: hidden.versionId, embedding: Float32Array.of(1, 0) },
  ]);
  await insertEmbeddings(db, scope, wide.id, [{ chunkId: chunkId!, versionId, embedding: Float32Array.of(0, 0, 1) }]);

  expect(await activate(narrow.id)).toMatchObject({ name: 'narrow', state: 'active' });
  expect(await db.selectFrom('vectors').selectAll().execute()).toEqual([
    {
      id: 'doc-1-chunk-0',
      embedding: '[1,0]',
      content: 'Hello',
      metadata: {
        documentId: 'doc-1',
        title: 'Title',
        versionId,
        ordinal: 0,
        startOffset: 0,
        endOffset: 5,
        pageFrom: null,
        pageTo: null,
        headingPath: [],
      },
      twin_id: 1,
    },
  ]);

  await activate(wide.id);
  expect(await findActiveEmbeddingModel(db)).toMatchObject({ name: 'wide' });
  expect((await listEmbeddingModels(db)).find((model) => model.id === narrow.id)).toMatchObject({ state: 'retired' });
  expect(await db.selectFrom('vectors').select(['id', 'embedding']).execute()).toEqual([
    { id: 'doc-1-chunk-0', embedding: '[0,0,1]' },
  ]);
});

test('activating a model that does not exist changes nothing', async () => {
  const before = await listEmbeddingModels(database.db);
  await expect(activate(9_999)).rejects.toThrow('There is no embedding model 9999');
  expect(await listEmbeddingModels(database.db)).toEqual(before);
});

test('vectors are sent in batches that can be repeated, and what is missing is listed in reading order', async () => {
  const { db, scope } = database;
  const { id: modelId } = await register('resumed', 2);
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id: 'resumed', paragraphs: ['a', 'b', 'c'] });
  const embeddings = chunkIds.slice(0, 2).map((chunkId) => ({ chunkId, versionId, embedding: Float32Array.of(1, 2) }));
  await insertEmbeddings(db, scope, modelId, embeddings.slice(0, 1));
  await insertEmbeddings(db, scope, modelId, embeddings);
  await insertEmbeddings(db, scope, modelId, []);
  expect(await countEmbeddings(db, scope, { modelId, versionId })).toBe(2);
  expect(await listUnembeddedChunks(db, scope, { modelId, versionId, limit: 10 })).toEqual([
    { id: chunkIds[2], ordinal: 2, headingPath: [], content: 'c' },
  ]);
});

test('a vector of another width, or not made of numbers, is refused', async () => {
  const { db, scope } = database;
  const { id: modelId } = await register('strict', 2);
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id: 'strict', paragraphs: ['a'] });
  const chunkId = chunkIds[0]!;
  const insert = async (embedding: Float32Array) =>
    await insertEmbeddings(db, scope, modelId, [{ chunkId, versionId, embedding }]);
  await expect(insert(Float32Array.of(1, 2, 3))).rejects.toMatchObject({ code: '22000' });
  await expect(insert(Float32Array.of(1, Number.NaN))).rejects.toThrow(RangeError);
});

test('deleting a document takes its vectors along', async () => {
  const { db, scope } = database;
  const { id: modelId } = await register('cascade', 2);
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id: 'cascade', paragraphs: ['a'] });
  await insertEmbeddings(db, scope, modelId, [{ chunkId: chunkIds[0]!, versionId, embedding: Float32Array.of(1, 2) }]);
  await db.deleteFrom('document').where('twin_id', '=', scope.twinId).where('id', '=', 'cascade').execute();
  const { rows } = await sql`select * from ${sql.table(`chunk_embedding_${modelId}`)}`.execute(db);
  expect(rows).toEqual([]);
});

test.each([
  { dimensions: 384, server: ['halfvec(384)', 'p'], embedded: ['vector(384)', 'p'] },
  { dimensions: 1_536, server: ['halfvec(1536)', 'p'], embedded: ['vector(1536)', 'p'] },
  { dimensions: 3_072, server: ['halfvec(3072)', 'p'], embedded: ['vector(3072)', 'e'] },
  { dimensions: 4_000, server: ['halfvec(4000)', 'p'], embedded: ['vector(4000)', 'e'] },
])('a model of $dimensions dimensions is kept in its row where it fits, and searched', async (expected) => {
  const { db, home, scope } = database;
  const { dimensions } = expected;
  const { id: modelId } = await register(`wide-${dimensions}`, dimensions);
  const { rows } = await sql<{ type: string; storage: string }>`
    select format_type(atttypid, atttypmod) as type, attstorage as storage from pg_attribute
    where attrelid = ${`chunk_embedding_${modelId}`}::regclass and attname = 'embedding'`.execute(db);
  expect([rows[0]?.type, rows[0]?.storage]).toEqual(expected[home]);

  const vector = new Float32Array(dimensions).map((_, index) => Math.sin(index) / 3);
  const embeddings = { modelId, vectors: [vector, vector.map((component) => -component)] };
  const { chunkIds } = await insertTestDocument(db, scope, {
    id: `wide-${dimensions}`,
    paragraphs: ['a', 'b'],
    embeddings,
  });
  const found = await findNearestChunks(db, scope, { modelId, embedding: vector, range: wholeLibrary(), limit: 2 });
  expect(found.map((hit) => [hit.chunkId, Math.round(hit.similarity * 1000)])).toEqual([
    [chunkIds[0], 1000],
    [chunkIds[1], -1000],
  ]);
});
