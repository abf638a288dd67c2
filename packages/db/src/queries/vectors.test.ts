import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { searchWords } from '../testing/search-words.ts';
import { wholeLibrary } from '../testing/whole-library.ts';
import { insertBlob } from './blobs.ts';
import { deleteDocuments, markDocumentsDeleted } from './deleted-documents.ts';
import { findActiveEmbeddingModel } from './embedding-models.ts';
import { findNearestChunks } from './search.ts';
import { type NewVector, upsertVectors } from './upsert-vectors.ts';
import { deleteVectors } from './vector-documents.ts';
import { getVector, querySimilarVectors } from './vectors.ts';
import { insertVersion, updateVersionAt } from './versions.ts';

let database: TestDatabase;
const model = { provider: 'openai', name: 'text-embedding-3-small' };

beforeAll(async () => {
  database = await createTestDatabase();
  await upsert([
    vector('doc-1-chunk-0', [1, 0, 0, 0], 'Bees dance.', { title: 'Bees', lang: 'en' }),
    vector('doc-1-chunk-1', [0.9, 0.1, 0, 0], 'They show the way.', { title: 'Bees', lang: 'en' }),
    vector('faq/7', [0, 1, 0, 0], 'Opening hours.', { lang: 'de' }),
  ]);
});

afterAll(() => database.close());

function vector(id: string, components: number[], content: string, metadata?: Record<string, unknown>): NewVector {
  return { id, embedding: Float32Array.from(components), content, ...(metadata && { metadata }) };
}

async function upsert(vectors: readonly NewVector[]) {
  await upsertVectors(database, database.scope, model, vectors);
}

async function query(components: number[], more: object = {}) {
  return await querySimilarVectors(database.db, database.scope, {
    embedding: Float32Array.from(components),
    limit: 10,
    ...more,
  });
}

test('a vector is found by its id, by meaning and by words, under the id it came with', async () => {
  const { db, scope } = database;
  expect(await getVector(db, scope, 'faq/7')).toMatchObject({
    id: 'faq/7',
    content: 'Opening hours.',
    embedding: Float32Array.from([0, 1, 0, 0]),
    metadata: { documentId: 'faq/7', ordinal: 0, lang: 'de' },
  });
  expect((await query([1, 0, 0, 0])).map(({ id }) => id)).toEqual(['doc-1-chunk-0', 'doc-1-chunk-1', 'faq/7']);
  expect(await searchWords(db, scope, { question: 'dancing', limit: 5 })).toHaveLength(1);
  const { rows } = await sql<{ id: string }>`select id from vectors order by id`.execute(db);
  expect(rows.map(({ id }) => id)).toEqual(['doc-1-chunk-0', 'doc-1-chunk-1', 'faq/7']);
});

test('chunks of one document are one document, whose text holds each passage where it says', async () => {
  const { rows } = await sql<{ title: string; matches: boolean }>`
    select d.title, bool_and(substr(t.canonical_text, c.start_offset + 1, c.end_offset - c.start_offset) = c.content) as matches
    from document d join chunk c on c.twin_id = d.twin_id and c.document_id = d.id
    join document_text t on t.twin_id = c.twin_id and t.version_id = c.version_id
    group by d.id, d.title order by d.id`.execute(database.db);
  expect(rows).toEqual([
    { title: 'Bees', matches: true },
    { title: 'faq/7', matches: true },
  ]);
});

test('a threshold and filters leave out what does not match, and keep the rest complete', async () => {
  expect((await query([1, 0, 0, 0], { threshold: 0.9 })).map(({ id }) => id)).toEqual([
    'doc-1-chunk-0',
    'doc-1-chunk-1',
  ]);
  expect((await query([1, 0, 0, 0], { filter: { documentIds: ['faq/7'] } })).map(({ id }) => id)).toEqual(['faq/7']);
  expect((await query([0, 1, 0, 0], { limit: 1, filter: { metadata: { lang: 'en' } } })).map(({ id }) => id)).toEqual([
    'doc-1-chunk-1',
  ]);
  expect(await query([1, 0, 0, 0], { filter: { metadata: { "lang' or true --": 'en' } } })).toEqual([]);
});

test('an upsert replaces what had the id; the same again changes nothing that is seen', async () => {
  const replacement = vector('swap-chunk-0', [0, 0, 1, 0], 'New words.');
  await upsert([
    vector('swap-chunk-0', [0, 0, 0, 1], 'Old words, and more of them.'),
    vector('swap-chunk-1', [0, 0, 1, 1], 'End.'),
  ]);
  await upsert([replacement]);
  await upsert([replacement]);
  expect(await getVector(database.db, database.scope, 'swap-chunk-0')).toMatchObject({ content: 'New words.' });
  const { rows } = await sql<{ text: string }>`
    select t.canonical_text as text from document_text t join document d on d.live_version_id = t.version_id
    where d.id = 'swap'`.execute(database.db);
  expect(rows).toEqual([{ text: 'New words.\n\nEnd.' }]);
  await deleteVectors(database.db, database.scope, ['swap-chunk-0', 'swap-chunk-1']);
});

test('a batch is one statement, however many documents it is of', async () => {
  let statements = 0;
  const counting = database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => await Promise.resolve(result),
  });
  const many = Array.from({ length: 30 }, (_none, n) =>
    vector(`many-${n % 10}-chunk-${n}`, [n, 1, 0, 0], `Passage ${n}.`),
  );
  await upsertVectors({ ...database, db: counting }, database.scope, model, many);
  expect(statements).toBe(1);
  expect(await getVector(database.db, database.scope, 'many-3-chunk-23')).toMatchObject({ content: 'Passage 23.' });
  await deleteVectors(
    database.db,
    database.scope,
    many.map(({ id }) => id),
  );
});

test('of several vectors for one place the last counts, whatever their ids', async () => {
  const { db, scope } = database;
  await upsert([vector('place', [1, 1, 0, 0], 'First.'), vector('place-chunk-00', [1, 1, 0, 0], 'Second.')]);
  expect(await listStored('place')).toMatchObject({ text: 'Second.', chunks: [{ vectorId: 'place-chunk-00' }] });
  await upsert([vector('place', [1, 1, 0, 0], 'Third.')]);
  expect(await listStored('place')).toMatchObject({ text: 'Third.', chunks: [{ vectorId: 'place' }] });
  await deleteVectors(db, scope, ['place']);
});

test('offsets count as JavaScript does, wherever in the document a passage is put', async () => {
  const { db, scope } = database;
  const place = async (n: number, content: string) =>
    await upsert([vector(`bees-chunk-${n}`, [0, 0, 1, 1], content, { title: 'Über “🐝”' })]);
  await upsert([vector('bees-chunk-4', [0, 0, 1, 1], '🐝🐝 four'), vector('bees-chunk-2', [0, 0, 1, 1], 'zwei é')]);
  await place(9, 'nine 🐝');
  await place(0, '零🐝');
  await place(2, 'zwei');
  const stored = await listStored('bees');
  expect(stored.text).toBe('零🐝\n\nzwei\n\n🐝🐝 four\n\nnine 🐝');
  expect(stored.chunks.map(({ start, end }) => stored.text.slice(start, end))).toEqual([
    '零🐝',
    'zwei',
    '🐝🐝 four',
    'nine 🐝',
  ]);
  expect(stored.blocks).toEqual(stored.chunks.map(({ start, end }) => ({ kind: 'paragraph', start, end })));
  expect(stored).toMatchObject({
    title: 'Über “🐝”',
    characters: stored.text.length,
    bytes: Buffer.byteLength(stored.text),
    sha256: createHash('sha256').update(stored.text).digest('hex'),
    chunkCount: 4,
  });
  await deleteVectors(db, scope, ['bees-chunk-0', 'bees-chunk-2', 'bees-chunk-4', 'bees-chunk-9']);
});

test('the id of a document that was deleted starts afresh, with nothing of what it held', async () => {
  const { db, scope } = database;
  await upsert([vector('again-chunk-0', [1, 0, 1, 0], 'Old.'), vector('again-chunk-1', [1, 0, 1, 0], 'Older.')]);
  await db.transaction().execute(async (tx) => await markDocumentsDeleted(tx, scope, ['again']));
  await upsert([vector('again-chunk-1', [1, 0, 1, 0], 'New.')]);
  expect(await listStored('again')).toMatchObject({ text: 'New.', chunkCount: 1 });
  await deleteVectors(db, scope, ['again-chunk-1']);
});

/** A document of vectors as it is stored, its chunks in order. */
async function listStored(documentId: string) {
  const { rows } = await sql<{
    title: string;
    text: string;
    blocks: unknown[];
    chunks: { vectorId: string; start: number; end: number }[];
    characters: number;
    bytes: number;
    sha256: string;
    chunkCount: number;
  }>`
    select d.title, t.canonical_text as text, t.blocks, v.character_count as characters, v.byte_size as bytes,
      encode(v.content_sha256, 'hex') as sha256, v.chunk_count as "chunkCount",
      (select jsonb_agg(jsonb_build_object('vectorId', c.vector_id, 'start', c.start_offset, 'end', c.end_offset)
        order by c.ordinal) from chunk c where c.twin_id = d.twin_id and c.version_id = v.id) as chunks
    from document d
    join document_version v on v.twin_id = d.twin_id and v.id = d.live_version_id
    join document_text t on t.twin_id = d.twin_id and t.version_id = v.id
    where d.id = ${documentId}`.execute(database.db);
  const [stored] = rows;
  if (stored === undefined) throw new Error(`There is no ${documentId}`);
  return stored;
}

test('another model or width is refused, and leaves nothing behind', async () => {
  const other = { provider: 'openai', name: 'another' };
  const fits = vector('refused', [1, 0, 0, 0], 'x');
  await expect(upsertVectors(database, database.scope, other, [fits])).rejects.toMatchObject({ code: 'other-model' });
  await expect(upsert([fits, vector('wide', [1, 0, 0, 0, 0], 'x')])).rejects.toMatchObject({ code: 'other-model' });
  await expect(upsert([vector('wide', [1, 0, 0, 0, 0], 'x')])).rejects.toMatchObject({ code: 'other-model' });
  expect(await getVector(database.db, database.scope, 'refused')).toBeUndefined();
});

test('passages of a file are found, and neither replaced nor deleted as vectors', async () => {
  const { db, scope } = database;
  const active = await findActiveEmbeddingModel(db);
  const { versionId } = await insertTestDocument(db, scope, {
    id: 'file',
    paragraphs: ['From a file.'],
    embeddings: { modelId: active?.id ?? 0, vectors: [Float32Array.from([0, 0, 0, 1])] },
  });
  await sql`update document_version set blob_id = gen_random_uuid() where id = ${versionId}`.execute(db);
  expect(await getVector(db, scope, 'file-chunk-0')).toMatchObject({ content: 'From a file.' });
  await expect(upsert([vector('file-chunk-0', [1, 0, 0, 0], 'x')])).rejects.toMatchObject({ code: 'has-file' });
  await expect(deleteVectors(db, scope, ['file-chunk-0'])).rejects.toMatchObject({ code: 'has-file' });
  expect(await getVector(db, scope, 'file-chunk-0')).toMatchObject({ content: 'From a file.' });
});

test('a deleted vector is gone everywhere, its document with the last one', async () => {
  const { db, scope } = database;
  await upsert([vector('gone-chunk-0', [0, 0, 1, 0], 'One.'), vector('gone-chunk-1', [0, 0, 1, 0], 'Two.')]);
  expect(await deleteVectors(db, scope, ['gone-chunk-0', 'never'])).toBe(1);
  expect(await getVector(db, scope, 'gone-chunk-0')).toBeUndefined();
  expect(await getVector(db, scope, 'gone-chunk-1')).toMatchObject({ content: 'Two.' });
  expect(await deleteVectors(db, scope, ['gone-chunk-1'])).toBe(1);
  const { rows } = await sql`select from document where id = 'gone'`.execute(db);
  expect(rows).toEqual([]);
});

test('adding and deleting are a part of the transaction they are given', async () => {
  const { db, home, scope } = database;
  await upsert([vector('kept', [0, 0, 1, 0], 'Kept.')]);
  const undone = db.transaction().execute(async (tx) => {
    await upsertVectors({ db: tx, home }, scope, model, [vector('undone', [0, 0, 1, 0], 'Undone.')]);
    expect(await deleteVectors(tx, scope, ['kept'])).toBe(1);
    throw new Error('Undo it');
  });
  await expect(undone).rejects.toThrow('Undo it');
  expect(await getVector(db, scope, 'undone')).toBeUndefined();
  expect(await getVector(db, scope, 'kept')).toMatchObject({ content: 'Kept.' });
  await deleteVectors(db, scope, ['kept']);
});

test.each(['queued', 'failed'] as const)(
  'a document whose last vector goes stays with the file that is to take its place: %s',
  async (stage) => {
    const { db, scope } = database;
    const id = `file-${stage}`;
    await upsert([vector(id, [0, 0, 1, 0], 'Before the file.')]);
    const blobId = await insertBlob(db, scope, new Uint8Array(3));
    const file = { documentId: id, blobId, contentSha256: new Uint8Array([1]), fileName: 'a.md', mediaType: null };
    const stored = { ...file, byteSize: 3 };
    const versionId = await db.transaction().execute(async (tx) => await insertVersion(tx, scope, stored));
    await updateVersionAt(db, scope, versionId, 'queued', { stage });

    expect(await deleteVectors(db, scope, [id])).toBe(1);
    expect(await getVector(db, scope, id)).toBeUndefined();
    const { rows } = await sql<object>`
      select d.live_version_id, v.stage, v.visibility, v.blob_id, t.version_id as text_of
      from document d join document_version v on v.twin_id = d.twin_id and v.document_id = d.id
      left join document_text t on t.twin_id = v.twin_id and t.version_id = v.id
      where d.id = ${id} order by v.version_number`.execute(db);
    expect(rows).toEqual([
      { live_version_id: null, stage: 'replaced', visibility: 'none', blob_id: null, text_of: null },
      { live_version_id: null, stage, visibility: 'none', blob_id: blobId, text_of: null },
    ]);
    await db.transaction().execute(async (tx) => await deleteDocuments(tx, scope, [id]));
  },
);

test('another twin sees none of it', async () => {
  const stranger = mintTwinScope(2);
  expect(await getVector(database.db, stranger, 'faq/7')).toBeUndefined();
  const embedding = Float32Array.from([1, 0, 0, 0]);
  expect(await querySimilarVectors(database.db, stranger, { embedding, limit: 10 })).toEqual([]);
  expect(await deleteVectors(database.db, stranger, ['faq/7'])).toBe(0);
  const active = await findActiveEmbeddingModel(database.db);
  expect(
    await findNearestChunks(database.db, stranger, {
      modelId: active?.id ?? 0,
      embedding,
      range: wholeLibrary(),
      limit: 5,
    }),
  ).toEqual([]);
});
