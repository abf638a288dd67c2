import { answerQuestion } from '@twin/core/chat/answer-question';
import type { Deps } from '@twin/core/deps';
import { createListwiseReranker } from '@twin/core/retrieval/listwise-reranker';
import { retrieve } from '@twin/core/retrieval/retrieve';
import { insertBeeLibrary } from '@twin/core/testing/bee-library';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import type { FakeModelBehaviour } from '@twin/testing/fake-model-behaviour';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenAiChatModel } from './adapters/openai-chat-model.ts';

const question = 'How many bees does a strong hive hold in summer?';
let database: TestDatabase;
let server: FakeModelServer;
let deps: Deps;
beforeAll(async () => {
  [database, server] = await Promise.all([createTestDatabase(), startFakeModelServer()]);
  await insertBeeLibrary(database);
  const retryPolicy = { attemptsMax: 1, firstWaitMs: 1, waitMsMax: 1 };
  const model = createOpenAiChatModel({ apiKey: 'sk', baseUrl: server.baseUrl, model: 'fake-chat', retryPolicy });
  deps = createTestDeps(database, { chatModel: model, reranker: createListwiseReranker(model) });
});
afterAll(() => Promise.all([database.close(), server.close()]));

const searchWith = async (deps: Deps) => {
  const { passages } = await retrieve(deps, database.scope, { question, limit: 8 });
  return passages.map(({ content }) => content);
};

test('the model is shown the passages with their titles, and the ones it names come first', async () => {
  const found = await searchWith({ ...deps, reranker: undefined });
  server.enqueue({ kind: 'answer', text: '2' });
  const reranked = await searchWith(deps);
  expect(reranked[0]).toBe(found[1]);
  expect(reranked.toSorted()).toEqual(found.toSorted());
  const messages = JSON.stringify(server.requests.at(-1)?.body['messages']);
  expect(messages).toContain(question);
  expect(messages).toContain('The honey bee');
});

test.each<FakeModelBehaviour>([
  { kind: 'http-error', status: 500 },
  { kind: 'http-error', status: 429 },
  { kind: 'hang-up' },
  { kind: 'malformed' },
  { kind: 'cut' },
  { kind: 'error-body' },
  { kind: 'answer', text: 'I would say the second one.' },
])('a reranker that ends in $kind $status leaves the search and the answer as they were', async (behaviour) => {
  const found = await searchWith({ ...deps, reranker: undefined });
  server.enqueue(behaviour);
  expect(await searchWith(deps)).toEqual(found);
  server.enqueue(behaviour);
  const answer = answerQuestion(deps, database.scope, {
    question,
    history: [{ role: 'user', text: JSON.stringify(behaviour) }],
    signal: new AbortController().signal,
  });
  let step = await answer.next();
  while (!step.done) step = await answer.next();
  expect(step.value.outcome).toBe('answered');
});
