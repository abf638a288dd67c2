import { activateEmbeddingModel, registerEmbeddingModel } from '@twin/db/queries/embedding-models';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Embedder } from '../ports.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { answerQuestion } from './answer-question.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a question is sent to a remote model once, though search and quoting both need its vector', async () => {
  const { db, home, scope } = database;
  const embed = vi.fn<Embedder['embed']>((...asked) => testEmbedder.embed(...asked));
  const embedder: Embedder = { ...testEmbedder, provider: 'openai', modelName: 'remote', embed };
  const paragraphs = ['Drones have no sting.', 'Bees dance.'];
  const modelId = await db.transaction().execute(async (tx) => {
    const model = await registerEmbeddingModel(tx, home, { provider: 'openai', name: 'remote', dimensions: 64 });
    return (await activateEmbeddingModel(tx, model.id)).id;
  });
  const vectors = await testEmbedder.embed(paragraphs, 'passage');
  await insertTestDocument(db, scope, { id: 'bees', paragraphs, embeddings: { modelId, vectors } });
  const input = { question: 'Do drones have a sting?', history: [], signal: new AbortController().signal };
  const answer = answerQuestion(createTestDeps(database, { embedder }), scope, input);
  let step = await answer.next();
  while (step.done !== true) step = await answer.next();
  expect(step.value.outcome).toBe('quoted');
  expect(embed.mock.calls.filter(([, kind]) => kind === 'question')).toHaveLength(1);
});
