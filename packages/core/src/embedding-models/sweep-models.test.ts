import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { bagOfWordsVector } from '@twin/testing/bag-of-words-vector';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { sweepDatabase } from '../maintenance/sweep-database.ts';
import type { Embedder } from '../ports.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { getEmbeddingModels, startModelChange } from './model-changes.ts';
import { performModelChange } from './perform-model-change.ts';
import { switchEmbeddingModel } from './switch-embedding-model.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

const signal = new AbortController().signal;
const embedVectors = (texts: readonly string[]) =>
  Promise.resolve(texts.map((text) => Float32Array.from(bagOfWordsVector(text, 96))));

function embedderNamed(modelName: string, embed: Embedder['embed'] = embedVectors): Embedder {
  return { provider: 'openai', modelName, dimensions: 96, batchMax: 2, searchWeight: 1, embed };
}
const before = embedderNamed('before');
/** Says the same of every text, and so finds nothing. */
const worse = embedderNamed('worse', (texts) => Promise.resolve(texts.map(() => new Float32Array(96).fill(1))));

function serverWith(embedder: Embedder): Deps {
  const deps = createTestDeps(database, {
    embedder,
    otherEmbedder: ({ name }) => [testEmbedder, before].find(({ modelName }) => modelName === name),
  });
  return { ...deps, jobs: { ...deps.jobs, enqueueModelChange: () => Promise.resolve() } };
}

/** Gives vectors for one batch, and then goes away. */
function createLeaving(modelName: string): Embedder {
  let isAway = false;
  return embedderNamed(modelName, async (texts) => {
    if (isAway) throw new AppError('model-unavailable', 'The model is away.');
    isAway = true;
    return await embedVectors(texts);
  });
}

async function fillHalf(embedder: Embedder): Promise<void> {
  await expect(switchEmbeddingModel(serverWith(embedder), database.scope, embedder, { signal })).rejects.toThrow(
    'away',
  );
}

async function passDays(days: number): Promise<void> {
  await sql`update embedding_model set created_at = created_at - make_interval(days => ${days}),
    filled_at = filled_at - make_interval(days => ${days}),
    retired_at = retired_at - make_interval(days => ${days})`.execute(database.db);
}

async function sweep(): Promise<number | undefined> {
  const report = await sweepDatabase({ db: database.db }, database.scope);
  expect(report?.failures).toEqual([]);
  return report?.counts.retiredModels;
}

/** The models that are kept, each as long as its table is there, and whether other tables of vectors are. */
async function listKept() {
  const { rows } = await sql<{ id: number; name: string }>`select id, name from embedding_model`.execute(database.db);
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relname like 'chunk\_embedding\_%'`.execute(
    database.db,
  );
  expect(tables.rows.map(({ name }) => name).toSorted()).toEqual(
    rows.map(({ id }) => `chunk_embedding_${id}`).toSorted(),
  );
  return rows.map(({ name }) => name).toSorted();
}

test('models that never answered go as those that answered before do, unless they are being filled', async () => {
  const { scope } = database;
  // Answered, and does no more.
  await switchEmbeddingModel(serverWith(before), scope, before, { signal });
  await switchEmbeddingModel(serverWith(testEmbedder), scope, testEmbedder, { signal, isTrusted: true });
  // Refused: gone at once, so that a mended endpoint is asked for all vectors anew.
  await expect(switchEmbeddingModel(serverWith(worse), scope, worse, { signal })).rejects.toMatchObject({
    reason: 'worse-model',
  });
  expect(await listKept()).toEqual([testEmbedder.modelName, 'before']);
  // Left on the command line, of which nothing is recorded.
  await fillHalf(createLeaving('left'));
  // Its job waits for the next try.
  const waiting = createLeaving('waiting');
  const { id } = await startModelChange(serverWith(waiting), scope, 'switch');
  await expect(performModelChange(serverWith(waiting), scope, id, signal)).rejects.toThrow('away');

  await passDays(29);
  expect(await sweep()).toBe(0);
  expect(await listKept()).toEqual([testEmbedder.modelName, 'before', 'left', 'waiting']);
  // Taken up again on the command line just before it would go.
  await fillHalf(createLeaving('taken up'));
  await passDays(2);
  await fillHalf(createLeaving('taken up'));

  expect(await sweep()).toBe(2);
  expect(await listKept()).toEqual([testEmbedder.modelName, 'taken up', 'waiting']);
  expect(await findActiveEmbeddingModel(database.db)).toMatchObject({ name: testEmbedder.modelName });
  const { models } = await getEmbeddingModels(serverWith(waiting), scope);
  expect(models).toMatchObject([
    { isChangedTo: false },
    { name: 'waiting', isChangedTo: true },
    { isChangedTo: false },
  ]);

  await performModelChange(serverWith(embedderNamed('waiting')), scope, id, signal);
  expect(await findActiveEmbeddingModel(database.db)).toMatchObject({ name: 'waiting' });
});

test('the model before stays while a way back fills it, however long ago it answered', async () => {
  await passDays(31);
  await fillHalf(createLeaving('slow'));
  const { db, scope } = database;
  const { chunk } = await db
    .selectFrom('chunk')
    .select(({ fn }) => fn.countAll<number>().as('chunk'))
    .executeTakeFirstOrThrow();
  expect(chunk).toBeGreaterThan(4);
  const table = sql.table(
    `chunk_embedding_${(await getEmbeddingModels(serverWith(testEmbedder), scope)).models[0]?.id}`,
  );
  await sql`delete from ${table}`.execute(db);
  let swept: number | undefined;
  // A sweep comes by in the middle of it.
  const onProgress = async () => void (swept ??= await sweep());
  await switchEmbeddingModel(serverWith(testEmbedder), scope, testEmbedder, { signal, isTrusted: true, onProgress });
  expect(swept).toBe(1);
  expect(await findActiveEmbeddingModel(db)).toMatchObject({ name: testEmbedder.modelName });
  expect(await listKept()).toEqual([testEmbedder.modelName, 'slow', 'waiting']);
});

test('a model that was refused answers once its endpoint is mended', async () => {
  const { scope } = database;
  const refused = switchEmbeddingModel(serverWith(worse), scope, worse, { signal });
  await expect(refused).rejects.toMatchObject({ reason: 'worse-model' });
  const mended = embedderNamed(worse.modelName);
  expect(await switchEmbeddingModel(serverWith(mended), scope, mended, { signal })).toBe(true);
});
