import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertEmbeddings } from '../testing/insert-embeddings.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { askWords, searchWords } from '../testing/search-words.ts';
import { wholeLibrary } from '../testing/whole-library.ts';
import { activateEmbeddingModel, registerEmbeddingModel } from './embedding-models.ts';
import { listQuestionWords } from './lexemes.ts';
import { findNearestChunks, listPassages, nearestChunks } from './search.ts';
import { findSearchRange, wholeRange } from './search-range.ts';
import { findChunksByWords } from './word-search.ts';

const DIMENSIONS = 16;
let database: TestDatabase;
let modelId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, home } = database;
  const model = { provider: 'test', name: 'search', dimensions: DIMENSIONS };
  modelId = await db.transaction().execute(async (tx) => {
    const registered = await registerEmbeddingModel(tx, home, model);
    return (await activateEmbeddingModel(tx, registered.id)).id;
  });
});

afterAll(async () => {
  await database.close();
});

/** A unit vector at an angle in the plane of the first two axes: nearness is plain to see. */
function atAngle(degrees: number): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
}

async function insertAtAngles(id: string, angles: number[], visibility: 'live' | 'hidden' = 'live'): Promise<number[]> {
  const { db, scope } = database;
  const paragraphs = angles.map((angle) => `${id} at ${angle}`);
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id, paragraphs, visibility });
  const embeddings = chunkIds.map((chunkId, index) => ({ chunkId, versionId, embedding: atAngle(angles[index]!) }));
  await insertEmbeddings(db, scope, modelId, embeddings);
  return chunkIds;
}

test('nearest chunks come nearest first, with their cosine similarity', async () => {
  const { db, scope } = database;
  const [far, near, middle] = await insertAtAngles('ordered', [40, 1, 20]);
  const found = await findNearestChunks(db, scope, { modelId, embedding: atAngle(0), range: wholeLibrary(), limit: 3 });
  expect(found.map((hit) => hit.chunkId)).toEqual([near, middle, far]);
  expect(found[0]!.similarity).toBeCloseTo(Math.cos(Math.PI / 180), 3);
  expect(found[2]!.similarity).toBeCloseTo(Math.cos((40 * Math.PI) / 180), 3);
});

test('a hidden version is never found, and does not use up the limit', async () => {
  const { db, scope } = database;
  const hidden = await insertAtAngles(
    'hidden',
    Array.from({ length: 150 }, (_, index) => 180 + index / 100),
    'hidden',
  );
  const live = await insertAtAngles('behind-hidden', [185, 186]);
  const found = await findNearestChunks(db, scope, {
    modelId,
    embedding: atAngle(180),
    range: wholeLibrary(),
    limit: 2,
  });
  expect(found.map((hit) => hit.chunkId)).toEqual(live);
  const byWords = await searchWords(db, scope, { question: 'hidden', limit: 200 });
  expect(byWords.filter((match) => hidden.includes(match.chunkId))).toEqual([]);
  expect(await listPassages(db, scope, hidden)).toEqual([]);
});

test('another twin sees nothing', async () => {
  const { db } = database;
  const other = mintTwinScope(2);
  const ids = await insertAtAngles('private', [270]);
  expect(
    await findNearestChunks(db, other, { modelId, embedding: atAngle(270), range: wholeLibrary(), limit: 10 }),
  ).toEqual([]);
  expect(await searchWords(db, other, { question: 'private', limit: 10 })).toEqual([]);
  expect(await listPassages(db, other, ids)).toEqual([]);
});

test('a zero vector is near nothing, on either side', async () => {
  const { db, scope } = database;
  const { chunkIds, versionId } = await insertTestDocument(db, scope, { id: 'zero', paragraphs: ['nothing known'] });
  const embeddings = [{ chunkId: chunkIds[0]!, versionId, embedding: new Float32Array(DIMENSIONS) }];
  await insertEmbeddings(db, scope, modelId, embeddings);
  const found = await findNearestChunks(db, scope, {
    modelId,
    embedding: atAngle(0),
    range: wholeLibrary(),
    limit: 1_000,
  });
  expect(found.map((hit) => hit.chunkId)).not.toContain(chunkIds[0]);
  expect(
    await findNearestChunks(db, scope, {
      modelId,
      embedding: new Float32Array(DIMENSIONS),
      range: wholeLibrary(),
      limit: 10,
    }),
  ).toEqual([]);
});

test('a question of another width is refused by the database', async () => {
  const { db, scope } = database;
  const embedding = new Float32Array(DIMENSIONS + 1).fill(1);
  await expect(
    findNearestChunks(db, scope, { modelId, embedding, range: wholeLibrary(), limit: 10 }),
  ).rejects.toMatchObject({
    code: '22000',
  });
});

test('words are found in any inflection, the chunk that holds more of the question first', async () => {
  const { db, scope } = database;
  const { chunkIds } = await insertTestDocument(db, scope, {
    id: 'words',
    title: 'Gardens',
    paragraphs: ['The gardener waters tomatoes every morning.', 'Tomatoes need sun.', 'Nothing alike.'],
  });
  const found = await searchWords(db, scope, {
    question: 'When is the tomato watered in the morning?',
    limit: 10,
  });
  expect(found).toMatchObject([{ chunkId: chunkIds[0] }, { chunkId: chunkIds[1] }]);
  expect(found[0]!.score).toBeGreaterThan(found[1]!.score);
});

test('the title of a document is found in each of its chunks', async () => {
  const { db, scope } = database;
  const { chunkIds } = await insertTestDocument(db, scope, {
    id: 'titled',
    title: 'Zanzibar',
    paragraphs: ['One.', 'Two.'],
  });
  const found = await searchWords(db, scope, { question: 'zanzibar', limit: 10 });
  expect(found.map((match) => match.chunkId)).toEqual(chunkIds);
});

test.each([
  ['nothing but stop words', 'what is the'],
  ['nothing at all', ''],
  ['operators', "& | ! <-> ( ) :* ' \\"],
])('a question of %s finds nothing and fails nowhere', async (_name, question) => {
  expect(await searchWords(database.db, database.scope, { question, limit: 10 })).toEqual([]);
});

test('quotes and backslashes in a question are plain text', async () => {
  const { db, scope } = database;
  const content = String.raw`The share is C:\Users\O'Brien\quarterly and https://example.org/o'brien?x=1\2`;
  const { chunkIds } = await insertTestDocument(db, scope, { id: 'quoted', paragraphs: [content] });
  const found = await searchWords(db, scope, { question: content, limit: 10 });
  expect(found).toMatchObject([{ chunkId: chunkIds[0] }]);
});

test('passages come in the order asked, without those that are gone', async () => {
  const { db, scope } = database;
  const { chunkIds } = await insertTestDocument(db, scope, {
    id: 'passages',
    title: 'A title',
    paragraphs: ['one', 'two'],
  });
  const deleted = await insertTestDocument(db, scope, { id: 'deleted', paragraphs: ['three'] });
  await db.updateTable('document').set({ deleted_at: new Date() }).where('id', '=', 'deleted').execute();
  const passages = await listPassages(db, scope, [chunkIds[1]!, 999_999, deleted.chunkIds[0]!, chunkIds[0]!]);
  expect(passages).toMatchObject([
    { chunkId: chunkIds[1], documentTitle: 'A title', content: 'two', startOffset: 5, endOffset: 8 },
    { chunkId: chunkIds[0], documentId: 'passages', content: 'one', headingPath: [] },
  ]);
  expect(await listPassages(db, scope, [])).toEqual([]);
});

/** A table this small would be read whole whatever the query; the question is what can serve it. */
async function planOf(statement: RawBuilder<unknown>): Promise<string> {
  return await database.db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx);
    await sql`set local enable_bitmapscan = off`.execute(tx);
    await sql`set local enable_sort = off`.execute(tx);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(tx);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

test('in a large library the index serves the search on a server, filters included; embedded, the table itself does', async () => {
  const { home, scope } = database;
  const search = { modelId, embedding: atAngle(0), limit: 10 };
  const filtered = { ...wholeLibrary(100_000), filter: { documentIds: ['ordered'] } };
  for (const range of [wholeLibrary(100_000), filtered]) {
    expect(await planOf(nearestChunks(scope, { ...search, range }))).toMatch(
      home === 'server'
        ? /Index Scan using \w+embedding_idx.*\n\s+Order By: \(embedding <=>.*\n\s+Filter: .*hashed SubPlan/
        : /Index Scan using chunk_embedding_\d+_(pkey|version)/,
    );
  }
});

test('a small library is compared whole, and a narrow filter fetches its own chunks', async () => {
  const { scope } = database;
  const search = { modelId, embedding: atAngle(0), limit: 10 };
  expect(await planOf(nearestChunks(scope, { ...search, range: wholeLibrary(1_000) }))).not.toContain('embedding_idx');
  const mostlyHidden = { filter: undefined, chunkCount: 10_000, libraryChunkCount: 136_000 };
  expect(await planOf(nearestChunks(scope, { ...search, limit: 50, range: mostlyHidden }))).not.toContain(
    'embedding_idx',
  );
  const narrow = { filter: { documentIds: ['ordered'] }, chunkCount: 3, libraryChunkCount: 100_000 };
  const plan = await planOf(nearestChunks(scope, { ...search, range: narrow }));
  expect(plan).toMatch(/Index Cond: \(\(twin_id = .*version_id = ANY/);
  expect(plan).not.toContain('embedding_idx');
});

test('what is known not to be served is not counted as searched; what is being cut or removed may be', async () => {
  const { db, scope } = database;
  await insertAtAngles('counted', [10, 11, 12]);
  const before = await findSearchRange(db, scope, undefined);
  const asWritten = (set: RawBuilder<unknown>) =>
    sql`update document_version set ${set} where twin_id = ${scope.twinId} and document_id = 'counted'`.execute(db);
  const asDeleted = (at: RawBuilder<unknown>) =>
    sql`update document set deleted_at = ${at} where twin_id = ${scope.twinId} and id = 'counted'`.execute(db);
  const counted = async () => {
    const range = await findSearchRange(db, scope, undefined);
    const { libraryChunkCount, hiddenChunkCount } = await listQuestionWords(db, scope, ['']);
    expect(range).toEqual(wholeRange(libraryChunkCount, hiddenChunkCount));
    expect(libraryChunkCount).toBe(before.libraryChunkCount);
    return before.chunkCount - range.chunkCount;
  };
  for (const stage of ['embedding', 'publishing', 'ready']) {
    await asWritten(sql`visibility = 'hidden', stage = ${stage}`);
    expect(await counted()).toBe(3);
  }
  await asDeleted(sql`now()`);
  expect(await counted()).toBe(3);
  await asDeleted(sql`to_timestamp(0)`);
  expect(await counted()).toBe(0);
  await asDeleted(sql`null`);
  for (const stage of ['chunking', 'failed', 'canceled', 'replaced']) {
    await asWritten(sql`stage = ${stage}`);
    expect(await counted()).toBe(0);
  }
  await asWritten(sql`visibility = 'live', stage = 'ready'`);
  expect(await counted()).toBe(0);
});

test('a filter leaves only its documents, in either search', async () => {
  const { db, scope } = database;
  const inside = await insertAtAngles('inside', [90, 91]);
  await insertAtAngles('outside', [90.5]);
  for (const filter of [{ documentIds: ['inside'] }, { documentIds: ['inside', 'none'], addedFrom: new Date(0) }]) {
    const found = await findSearchRange(db, scope, filter);
    expect(found).toMatchObject({ filter, chunkCount: 2, versionIds: [expect.any(Number)] });
    expect(found.libraryChunkCount).toBeGreaterThan(2);
    const lookedUp = { ...found, versionIds: undefined };
    for (const range of [found, lookedUp, { ...found, chunkCount: 100_000 }, { ...lookedUp, chunkCount: 100_000 }]) {
      const near = await findNearestChunks(db, scope, { modelId, embedding: atAngle(90), range, limit: 10 });
      expect(near.map(({ chunkId }) => chunkId)).toEqual(inside);
      const asked = await askWords(db, scope, 'inside outside at');
      const named = await findChunksByWords(db, scope, { ...asked, range, limit: 10 });
      expect(named.map(({ chunkId }) => chunkId).toSorted((a, b) => a - b)).toEqual(inside);
    }
  }
  const future = await findSearchRange(db, scope, { addedFrom: new Date(Date.now() + 3_600_000) });
  expect(future).toMatchObject({ chunkCount: 0, versionIds: [] });
  const none = { modelId, embedding: atAngle(90), range: future, limit: 10 };
  expect(await findNearestChunks(db, scope, none)).toEqual([]);
  const past = { documentIds: ['inside'], addedBefore: new Date(0) };
  expect(await findSearchRange(db, scope, past)).toMatchObject({ chunkCount: 0 });
});
