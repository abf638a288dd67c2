import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { countShadowed } from '@twin/db/queries/shadow-embeddings';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { bagOfWordsVector } from '@twin/testing/bag-of-words-vector';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '../deps.ts';
import type { Embedder } from '../ports.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { switchEmbeddingModel } from './switch-embedding-model.ts';

let database: TestDatabase;
let deps: Deps;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
  // Another model is configured; the one whose vectors are there can still be asked.
  deps = createTestDeps(database, {
    embedder: wide,
    otherEmbedder: ({ name }) => known.find((e) => e.modelName === name),
  });
});
afterAll(() => database.close());

function embedderNamed(modelName: string, dimensions: number, vectorOf = bagOfWordsVector): Embedder {
  return {
    provider: 'openai',
    modelName,
    dimensions,
    batchMax: 2,
    searchWeight: 1,
    embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from(vectorOf(text, dimensions)))),
  };
}
const wide = embedderNamed('wide', 96);
const broken = embedderNamed('broken', 32, (text, dimensions) => {
  return Array.from({ length: dimensions }, (_, index) => ((text.length * 31 + index * 17) % 13) - 6);
});
const known = [testEmbedder, wide];
const signal = new AbortController().signal;

async function similarities(): Promise<(number | null)[]> {
  const { passages } = await retrieve(deps, database.scope, { question: 'Do drones have a sting?', limit: 3 });
  return passages.map(({ similarity }) => similarity);
}

test('the model whose vectors are there answers while another is configured', async () => {
  expect((await similarities())[0]).toEqual(expect.any(Number));
});

test('a switch that is killed in the middle loses nothing, and the next one goes on where it stopped', async () => {
  const killed = new AbortController();
  const onProgress = () => killed.abort(new Error('killed'));
  await expect(switchEmbeddingModel(deps, database.scope, wide, { signal: killed.signal, onProgress })).rejects.toThrow(
    'killed',
  );
  expect(await findActiveEmbeddingModel(database.db)).toMatchObject({ name: testEmbedder.modelName });
  expect((await similarities())[0]).toEqual(expect.any(Number));

  // A document that comes in meanwhile has vectors of the model that answers.
  const active = await findActiveEmbeddingModel(database.db);
  const paragraphs = ['Wax is built into combs of six sides.', 'Combs hold honey and brood.'];
  const vectors = await testEmbedder.embed(paragraphs, 'passage');
  await insertTestDocument(database.db, database.scope, {
    id: 'combs',
    paragraphs,
    embeddings: { modelId: active?.id ?? 0, vectors },
  });

  let embedded = 0;
  let searching = true;
  const searches = (async () => {
    const found: (number | null | undefined)[] = [];
    // Another part of the test ends it.
    // oxlint-disable-next-line no-unmodified-loop-condition -- the switch changes it meanwhile
    while (searching) found.push((await similarities())[0]);
    return found;
  })();
  const switched = await switchEmbeddingModel(deps, database.scope, wide, {
    signal,
    onProgress(count) {
      embedded += count;
    },
  });
  searching = false;
  expect(switched).toBe(true);
  expect(embedded).toBe(5);
  // Every search made during the switch was answered by one model or the other.
  expect((await searches).every((similarity) => typeof similarity === 'number')).toBe(true);
  const after = await findActiveEmbeddingModel(database.db);
  expect(after).toMatchObject({ name: 'wide', dimensions: 96, state: 'active' });
  expect(await countShadowed(database.db, database.scope, after?.id ?? 0)).toEqual({ chunks: 7, shadowed: 7 });
  expect(await switchEmbeddingModel(deps, database.scope, wide, { signal })).toBe(false);
});

test('a model that no longer finds what the old one found is refused, and the old one goes on', async () => {
  const refused = switchEmbeddingModel(deps, database.scope, broken, { signal });
  await expect(refused).rejects.toMatchObject({ code: 'conflict', reason: 'worse-model' });
  expect(await findActiveEmbeddingModel(database.db)).toMatchObject({ name: 'wide' });
});

test('the way back embeds only what came since, and asks for no comparison', async () => {
  await insertTestDocument(database.db, database.scope, { id: 'late', paragraphs: ['The queen lays eggs.'] });
  let embedded = 0;
  const back = { signal, isTrusted: true, onProgress: (count: number) => void (embedded += count) };
  expect(await switchEmbeddingModel(deps, database.scope, testEmbedder, back)).toBe(true);
  expect(embedded).toBe(1);
  expect(await findActiveEmbeddingModel(database.db)).toMatchObject({ name: testEmbedder.modelName });
  expect((await similarities())[0]).toEqual(expect.any(Number));
});
