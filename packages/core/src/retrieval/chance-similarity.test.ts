import { registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededRandom } from '../evaluation/seeded-random.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { findChanceSimilarity, meanOf } from './chance-similarity.ts';

const chunkCount = 120;
const dimensions = 16;
let database: TestDatabase;
/** Two models: of one, unrelated passages are far apart; of the other, all of them are near. */
const modelIds: number[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, home, scope } = database;
  for (const [index, shared] of [0, 8].entries()) {
    const name = `shared-${shared}`;
    const modelId = await db.transaction().execute(async (tx) => {
      return (await registerEmbeddingModel(tx, home, { provider: 'openai', name, dimensions })).id;
    });
    modelIds.push(modelId);
    const random = createSeededRandom(index + 1);
    const vectors = Array.from({ length: chunkCount }, () =>
      Float32Array.from({ length: dimensions }, (_, at) => random() - 0.5 + (at === 0 ? shared / 4 : 0)),
    );
    const paragraphs = vectors.map((_, number) => `Passage ${number} of ${name}.`);
    await insertTestDocument(db, scope, { id: name, paragraphs, embeddings: { modelId, vectors } });
  }
});
afterAll(() => database.close());

test('chance is where a model’s unrelated passages are', async () => {
  const deps = createTestDeps(database);
  const found = [];
  for (const modelId of modelIds) {
    found.push(await findChanceSimilarity(deps, database.scope, { modelId, chunkCount }));
  }
  const [apart, near] = found;
  expect(apart).toBeGreaterThan(-0.1);
  expect(apart).toBeLessThan(0.1);
  expect(near).toBeGreaterThan(0.7);
  expect(near).toBeLessThan(0.99);
});

test('it is measured once for a model and a size of the library', async () => {
  const deps = createTestDeps(database);
  const asked = { modelId: modelIds[0] ?? 0, chunkCount };
  const first = await findChanceSimilarity(deps, database.scope, asked);
  expect(await findChanceSimilarity(deps, database.scope, { ...asked, chunkCount: chunkCount - 20 })).toBe(first);
  expect(deps.cache.statistics()).toEqual({ hits: 2, misses: 0 });
});

test('that passages have no vectors yet is not kept', async () => {
  const { db, home, scope } = database;
  const deps = createTestDeps(database);
  const modelId = await db.transaction().execute(async (tx) => {
    return (await registerEmbeddingModel(tx, home, { provider: 'openai', name: 'late', dimensions })).id;
  });
  const asked = { modelId, chunkCount };
  expect(await findChanceSimilarity(deps, scope, asked)).toBeUndefined();
  const random = createSeededRandom(3);
  const vectors = Array.from({ length: 40 }, () => Float32Array.from({ length: dimensions }, () => random() - 0.5));
  const paragraphs = vectors.map((_, number) => `Late passage ${number}.`);
  await insertTestDocument(db, scope, { id: 'late', paragraphs, embeddings: { modelId, vectors } });
  expect(await findChanceSimilarity(deps, scope, asked)).toBeGreaterThan(0);
});

test('a few passages tell nothing', async () => {
  const deps = createTestDeps(database);
  expect(
    await findChanceSimilarity(deps, database.scope, { modelId: modelIds[0] ?? 0, chunkCount: 8 }),
  ).toBeUndefined();
  expect(meanOf([0.2, 0.3])).toBeUndefined();
});
