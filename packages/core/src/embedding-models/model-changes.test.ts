import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { listVectorsSwitchedOff } from '@twin/db/testing/list-vectors-switched-off';
import { bagOfWordsVector } from '@twin/testing/bag-of-words-vector';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { addGoldenQuestions } from '../evaluation/golden-questions.ts';
import type { Embedder } from '../ports.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { cancelModelChange, getEmbeddingModels, startModelChange } from './model-changes.ts';
import { performModelChange } from './perform-model-change.ts';
import { rollBackEmbeddingModel } from './roll-back-embedding-model.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

function embedderNamed(modelName: string, overrides: Partial<Embedder> = {}): Embedder {
  return {
    provider: 'openai',
    modelName,
    dimensions: 96,
    batchMax: 2,
    searchWeight: 1,
    embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from(bagOfWordsVector(text, 96)))),
    ...overrides,
  };
}
const wide = embedderNamed('wide');
const signal = new AbortController().signal;
const queued: string[] = [];

/** A server that has this model configured, and can still ask the others. */
function serverWith(embedder: Embedder): Deps {
  const deps = createTestDeps(database, {
    embedder,
    otherEmbedder: ({ name }) => [testEmbedder, wide].find(({ modelName }) => modelName === name),
  });
  const enqueueModelChange: Deps['jobs']['enqueueModelChange'] = (_tx, _scope, id) =>
    Promise.resolve(void queued.push(id));
  return { ...deps, jobs: { ...deps.jobs, enqueueModelChange } };
}

async function activeName(): Promise<string | undefined> {
  return (await findActiveEmbeddingModel(database.db))?.name;
}

test('a change is refused while there is nothing to change to', async () => {
  const deps = serverWith(testEmbedder);
  expect(await getEmbeddingModels(deps, database.scope)).toMatchObject({
    switchTo: null,
    rollBackTo: null,
    change: null,
  });
  for (const kind of ['switch', 'rollback'] as const) {
    await expect(startModelChange(deps, database.scope, kind)).rejects.toMatchObject({ code: 'conflict' });
  }
});

test('one change is under way at a time; canceled, it stops within a batch and leaves the old model answering', async () => {
  const deps = serverWith(
    embedderNamed('slow', {
      embed: async (texts, purpose) => {
        // Canceled while its first batch is embedded.
        if (purpose === 'passage') await cancelModelChange(deps, database.scope, queued.at(-1) ?? '').catch(() => {});
        return await wide.embed(texts, purpose);
      },
    }),
  );
  expect(await getEmbeddingModels(deps, database.scope)).toMatchObject({ switchTo: 'slow' });
  const { id } = await startModelChange(deps, database.scope, 'switch');
  await expect(startModelChange(deps, database.scope, 'switch')).rejects.toMatchObject({ code: 'conflict' });

  await performModelChange(deps, database.scope, id, signal);

  const { change, models } = await getEmbeddingModels(deps, database.scope);
  expect(change).toMatchObject({ id, state: 'canceled', embedded: 0 });
  expect(models.find(({ name }) => name === 'slow')).toMatchObject({ state: 'building', shadowed: 2 });
  expect(await activeName()).toBe(testEmbedder.modelName);
  await expect(cancelModelChange(deps, database.scope, id)).rejects.toMatchObject({ code: 'conflict' });
});

test('a model that is away is asked again by the next try, which goes on where the last one stopped', async () => {
  let isAway = false;
  const embed: Embedder['embed'] = async (texts, purpose) => {
    if (isAway) throw new AppError('model-unavailable', 'The model is away.');
    isAway = purpose === 'passage';
    return await wide.embed(texts, purpose);
  };
  const deps = serverWith(embedderNamed('wide', { embed }));
  const { id } = await startModelChange(deps, database.scope, 'switch');
  await expect(performModelChange(deps, database.scope, id, signal)).rejects.toThrow('away');
  expect((await getEmbeddingModels(deps, database.scope)).change).toMatchObject({ state: 'running', embedded: 2 });

  await performModelChange(serverWith(wide), database.scope, id, signal);

  const { change, models } = await getEmbeddingModels(deps, database.scope);
  const whole = models.find(({ name }) => name === 'wide');
  expect(change).toMatchObject({ state: 'done', embedded: whole?.chunks, error: null });
  expect(whole).toMatchObject({ state: 'active', shadowed: whole?.chunks });
});

test('the way back leads to the model before', async () => {
  const deps = serverWith(wide);
  expect(await getEmbeddingModels(deps, database.scope)).toMatchObject({ rollBackTo: testEmbedder.modelName });
  const { id } = await startModelChange(deps, database.scope, 'rollback');
  await performModelChange(deps, database.scope, id, signal);
  expect(await activeName()).toBe(testEmbedder.modelName);
});

test('a way back whose process died after the switch is not taken back again by the next try', async () => {
  const ahead = await startModelChange(serverWith(wide), database.scope, 'switch');
  await performModelChange(serverWith(wide), database.scope, ahead.id, signal);
  const { id } = await startModelChange(serverWith(wide), database.scope, 'rollback');
  // As far as the process came before it died: switched, and not recorded.
  await rollBackEmbeddingModel(serverWith(wide), database.scope, { signal });
  await performModelChange(serverWith(wide), database.scope, id, signal);
  expect(await activeName()).toBe(testEmbedder.modelName);
  expect((await getEmbeddingModels(serverWith(wide), database.scope)).change).toMatchObject({ id, state: 'done' });
});

test('a change that is taken up where another model is configured by now fails, and says so', async () => {
  const { id } = await startModelChange(serverWith(wide), database.scope, 'switch');
  await performModelChange(serverWith(embedderNamed('newer')), database.scope, id, signal);
  const { change } = await getEmbeddingModels(serverWith(wide), database.scope);
  expect(change).toMatchObject({ id, state: 'failed', error: expect.stringContaining('“newer” is configured now') });
});

test('a passage that is switched off stays so for a model that is filled later', async () => {
  const [off] = await database.db.selectFrom('chunk').select('id').orderBy('id').limit(1).execute();
  await database.db
    .updateTable('chunk')
    .set({ enabled: false })
    .where('id', '=', off?.id ?? 0)
    .execute();
  const later = embedderNamed('later');
  const { id } = await startModelChange(serverWith(later), database.scope, 'switch');
  await performModelChange(serverWith(later), database.scope, id, signal);
  const model = await findActiveEmbeddingModel(database.db);
  const rows = await listVectorsSwitchedOff(database.db, model?.id ?? 0);
  expect(model?.name).toBe('later');
  expect(rows).toEqual([off?.id]);
  const { id: back } = await startModelChange(serverWith(later), database.scope, 'rollback');
  await performModelChange(serverWith(later), database.scope, back, signal);
});

test('a change that is canceled while the models are compared does not switch, nor does a way back whose table is full', async () => {
  const before = await activeName();
  let asked = 0;
  let id = '';
  const late = embedderNamed('late', {
    embed: async (texts, purpose) => {
      asked += purpose === 'question' ? 1 : 0;
      if (asked === 1) await cancelModelChange(serverWith(wide), database.scope, id).catch(() => undefined);
      return await wide.embed(texts, purpose);
    },
  });
  ({ id } = await startModelChange(serverWith(late), database.scope, 'switch'));
  await performModelChange(serverWith(late), database.scope, id, signal);
  expect(await activeName()).toBe(before);
  expect((await getEmbeddingModels(serverWith(late), database.scope)).change).toMatchObject({ id, state: 'canceled' });

  // Canceled after the work began, and nothing left to embed: only the width of its vectors is asked for.
  const deps = serverWith(wide);
  const back = await startModelChange(deps, database.scope, 'rollback');
  const canceling: Deps = {
    ...deps,
    otherEmbedder({ provider, name, dimensions }) {
      return embedderNamed(name, {
        provider: provider as Embedder['provider'],
        dimensions: undefined,
        embed: async () => {
          await cancelModelChange(deps, database.scope, back.id);
          return [new Float32Array(dimensions)];
        },
      });
    },
  };
  await performModelChange(canceling, database.scope, back.id, signal);
  expect(await activeName()).toBe(before);
  expect((await getEmbeddingModels(deps, database.scope)).change).toMatchObject({ id: back.id, state: 'canceled' });
});

test('a provider whose key or quota is gone is left without a comparison, and the change says so', async () => {
  const before = await activeName();
  const gone = embedderNamed('gone', {
    embed: () => Promise.reject(new AppError('model-refused', 'The key was refused.', { reason: 'auth' })),
  });
  const next = embedderNamed('next');
  const deps: Deps = { ...serverWith(next), otherEmbedder: () => ({ ...gone, modelName: before ?? '' }) };
  const { id } = await startModelChange(deps, database.scope, 'switch');
  await performModelChange(deps, database.scope, id, signal);
  const { change } = await getEmbeddingModels(deps, database.scope);
  expect(change).toMatchObject({ id, state: 'done', note: expect.stringContaining('The key was refused.') });
  expect(await activeName()).toBe('next');
  // Over, it cannot be canceled any more.
  await expect(cancelModelChange(deps, database.scope, id)).rejects.toMatchObject({ code: 'conflict' });
  const { id: back } = await startModelChange(serverWith(next), database.scope, 'rollback');
  await performModelChange(serverWith(next), database.scope, back, signal);
  expect(await activeName()).toBe(before);
});

test('an embedder that gives fewer vectors than texts ends the change, instead of being asked for ever', async () => {
  let calls = 0;
  const stingy = embedderNamed('stingy', {
    embed: async (texts, purpose) => {
      calls += 1;
      return await wide.embed(texts.slice(1), purpose);
    },
  });
  const { id } = await startModelChange(serverWith(stingy), database.scope, 'switch');
  await performModelChange(serverWith(stingy), database.scope, id, signal);
  const { change } = await getEmbeddingModels(serverWith(stingy), database.scope);
  expect(change).toMatchObject({ state: 'failed', error: expect.stringContaining('gave 1 vector for 2 passages') });
  expect(calls).toBe(1);
});

test('a model that no longer finds what golden questions expect is refused, with both counts', async () => {
  const library = await database.db
    .selectFrom('document')
    .select('id')
    .where('live_version_id', 'is not', null)
    .execute();
  const expected = library.slice(0, 1).map(({ id }) => ({ documentId: id, quote: null }));
  const asked = ['one', 'two', 'three'].map((word) => ({ question: `Golden question ${word}?`, expected }));
  await addGoldenQuestions(
    serverWith(wide),
    database.scope,
    asked.map((golden) => ({ ...golden, history: [], answerable: true, answerTexts: [] })),
  );
  // As good with the library's own sentences, and lost with questions that people ask: these get no vector at all.
  const deps = serverWith(
    embedderNamed('narrow', {
      embed: async (texts, purpose) =>
        texts.some((text) => text.startsWith('Golden')) ? [] : await wide.embed(texts, purpose),
    }),
  );
  const { id } = await startModelChange(deps, database.scope, 'switch');
  await performModelChange(deps, database.scope, id, signal);
  const { change } = await getEmbeddingModels(deps, database.scope);
  expect(change).toMatchObject({ state: 'failed' });
  expect(change?.error).toMatch(/“narrow” finds 0 of 3 golden questions’ documents, “.+” 3/);
  expect(await activeName()).toBe(testEmbedder.modelName);
});
