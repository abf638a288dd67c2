import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { embeddingPrefixes } from './embedding-prefixes.ts';
import { createOpenAiEmbedder, createStoredOpenAiEmbedder, type OpenAiEmbedderConfig } from './openai-embedder.ts';

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

function embedderWith(config: Partial<OpenAiEmbedderConfig> = {}) {
  const retryPolicy = { attemptsMax: 3, firstWaitMs: 10, waitMsMax: 2_000 };
  return createOpenAiEmbedder({
    apiKey: 'sk-canary-4711',
    baseUrl: server.baseUrl,
    model: 'text-embedding-3-small',
    retryPolicy,
    ...config,
  });
}

test('learns its width from the first answer', async () => {
  const embedder = embedderWith();
  expect(embedder.dimensions).toBeUndefined();
  const [vector] = await embedder.embed(['bees'], 'passage');
  expect(vector).toHaveLength(1536);
  expect(embedder.dimensions).toBe(1536);
});

test('asks for floats, in batches, and keeps the order of the texts', async () => {
  const embedder = embedderWith();
  const texts = Array.from({ length: 200 }, (_, index) => `text number${index}`);
  const vectors = await embedder.embed(texts, 'passage');
  expect(vectors).toHaveLength(200);
  expect(server.requests.map((request) => (request.body.input as string[]).length)).toEqual([96, 96, 8]);
  expect(server.requests.every((request) => request.body.encoding_format === 'float')).toBe(true);
  const [alone] = await embedder.embed([texts[150] ?? ''], 'passage');
  expect(vectors[150]).toEqual(alone);
});

test('a model that tells questions from passages by a prefix gets it, and goes by a name of its own', async () => {
  const embedder = embedderWith({ model: 'intfloat/e5-small-v2' });
  expect(embedder.modelName).toBe('intfloat/e5-small-v2, prefixed');
  await embedder.embed(['Why?'], 'question');
  await embedder.embed(['Because.'], 'passage');
  expect(server.requests.map(({ body }) => [body.model, body.input])).toEqual([
    ['intfloat/e5-small-v2', ['query: Why?']],
    ['intfloat/e5-small-v2', ['passage: Because.']],
  ]);
});

test('vectors made without prefixes stay those of a model without them', async () => {
  const stored = ['nomic-embed-text', 'nomic-embed-text, prefixed'].map((model) =>
    createStoredOpenAiEmbedder({ apiKey: undefined, baseUrl: server.baseUrl, model }),
  );
  for (const embedder of stored) await embedder.embed(['Why?'], 'question');
  expect(stored.map(({ modelName }) => modelName)).toEqual(['nomic-embed-text', 'nomic-embed-text, prefixed']);
  expect(server.requests.map(({ body }) => [body.model, body.input])).toEqual([
    ['nomic-embed-text', ['Why?']],
    ['nomic-embed-text', ['search_query: Why?']],
  ]);
});

test.each([
  ['text-embedding-3-small', null],
  ['BAAI/bge-m3', null],
  ['intfloat/e5-mistral-7b-instruct', null],
  ['intfloat/multilingual-e5-small', 'query: '],
  ['bge-small-en-v1.5', 'Represent this sentence for searching relevant passages: '],
])('%s', (model, question) => {
  expect(embeddingPrefixes(model)?.question ?? null).toBe(question);
});

test('a transient failure is retried', async () => {
  server.enqueue(
    { kind: 'http-error', status: 429, retryAfterSeconds: 0, endpoint: 'embeddings' },
    { kind: 'hang-up', endpoint: 'embeddings' },
  );
  await expect(embedderWith().embed(['bees'], 'question')).resolves.toHaveLength(1);
  expect(server.requests).toHaveLength(3);
});

test.each([
  [{ kind: 'wrong-width', endpoint: 'embeddings', dimensions: 12 }, '1536'],
  [{ kind: 'not-a-number', endpoint: 'embeddings' }, 'not a number'],
  [{ kind: 'http-error', endpoint: 'embeddings', status: 401 }, 'OPENAI_API_KEY'],
] as const)('%o is refused and not retried', async (behaviour, hint) => {
  server.enqueue(behaviour);
  const failure = embedderWith({ dimensions: 1536 }).embed(['bees'], 'passage');
  await expect(failure).rejects.toMatchObject({ code: 'model-refused', message: expect.stringContaining(hint) });
  expect(server.requests).toHaveLength(1);
});

test.each([[{ kind: 'malformed', endpoint: 'embeddings' }], [{ kind: 'error-body', endpoint: 'embeddings' }]] as const)(
  '%o ends in a typed error after bounded retries',
  async (behaviour) => {
    server.setDefault(behaviour);
    await expect(embedderWith().embed(['bees'], 'passage')).rejects.toMatchObject({ code: 'model-unavailable' });
    server.setDefault({ kind: 'answer', endpoint: 'embeddings' });
    expect(server.requests).toHaveLength(3);
  },
);

test('a silent endpoint meets the deadline, an abort ends the request at once', async () => {
  server.enqueue({ kind: 'stall', endpoint: 'embeddings' }, { kind: 'stall', endpoint: 'embeddings' });
  await expect(embedderWith({ requestMsMax: 50 }).embed(['bees'], 'passage')).rejects.toMatchObject({
    reason: 'timeout',
  });
  const controller = new AbortController();
  const canceled = embedderWith().embed(['bees'], 'passage', controller.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(2));
  controller.abort();
  await expect(canceled).rejects.toMatchObject({ code: 'canceled' });
  await vi.waitFor(() => expect(server.requests[1]?.abortedAt).not.toBeNull());
});
