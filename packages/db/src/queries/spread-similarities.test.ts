import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { insertTestDocument } from '../testing/insert-test-document.ts';
import { registerEmbeddingModel } from './embedding-models.ts';
import { listSpreadSimilarities } from './spread-similarities.ts';

const DIMENSIONS = 16;
let database: TestDatabase;
let modelId: number;
let added = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, home } = database;
  const model = { provider: 'test', name: 'spread', dimensions: DIMENSIONS };
  modelId = await db.transaction().execute(async (tx) => (await registerEmbeddingModel(tx, home, model)).id);
});
afterAll(() => database.close());

async function add(count: number): Promise<void> {
  // Of angles that no two pairs share.
  const vectors = Array.from({ length: count }, () => {
    added += 1;
    return Float32Array.from({ length: DIMENSIONS }, (_none, axis) => Math.sin(added * added * (axis + 1)));
  });
  const paragraphs = vectors.map((_vector, index) => `Passage ${index}.`);
  await insertTestDocument(database.db, database.scope, {
    id: `d${added}`,
    paragraphs,
    embeddings: { modelId, vectors },
  });
}

const drawn = async (pairs: number) => await listSpreadSimilarities(database.db, database.scope, { modelId, pairs });

test('as many pairs as vectors or as asked for, no pair twice, however the ids of the chunks clump', async () => {
  expect(await drawn(200)).toEqual([]);
  await add(30);
  expect(new Set(await drawn(200)).size).toBe(30);
  await sql`select setval(pg_get_serial_sequence('chunk', 'id'), 1000000)`.execute(database.db);
  await add(1);
  expect(new Set(await drawn(200)).size).toBe(31);
  expect(new Set(await drawn(20)).size).toBe(20);
  expect(await drawn(20)).toEqual(await drawn(20));
});
