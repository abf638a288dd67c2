import { rewriteQuestion } from '@twin/core/chat/rewrite-question';
import { silentLogger } from '@twin/core/testing/create-test-deps';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createOpenAiChatModel } from './openai-chat-model.ts';

let server: FakeModelServer;
beforeAll(async () => {
  server = await startFakeModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

const history = [
  { role: 'user' as const, text: 'How many bees live in a hive in summer?' },
  { role: 'assistant' as const, text: 'About 40,000 bees.' },
];

function rewrite({ msMax, signal = new AbortController().signal }: { msMax?: number; signal?: AbortSignal } = {}) {
  const retryPolicy = { attemptsMax: 2, firstWaitMs: 5, waitMsMax: 50 };
  const model = createOpenAiChatModel({ apiKey: undefined, baseUrl: server.baseUrl, model: 'fake-chat', retryPolicy });
  return rewriteQuestion({ logger: silentLogger }, model, { question: 'And in winter?', history, signal }, msMax);
}

test('a follow-up becomes a question that stands by itself, by one short call whose tokens are told', async () => {
  server.enqueue({ kind: 'answer', text: '“How many bees live in a hive in winter?”\n' });
  const { question, spent } = await rewrite();
  expect(question).toBe('How many bees live in a hive in winter?');
  expect(spent.promptTokens).toBe(10);
  expect(spent.completionTokens).toBeGreaterThan(5);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.body.max_tokens).toBe(200);
});

test.each([
  ['another question', { kind: 'answer', text: 'What is the capital of Mongolia and its population?' }],
  ['an answer of several lines', { kind: 'answer', text: 'In winter:\n- 10,000 bees\n- in the hive' }],
  ['nothing', { kind: 'answer', text: ' ' }],
  ['no end', { kind: 'endless' }],
  ['half a stream', { kind: 'cut', text: 'How many bees live in winter?', afterTokens: 4 }],
] as const)('%s is no rewriting', async (_, behaviour) => {
  server.enqueue(behaviour);
  const { question, spent } = await rewrite();
  expect(question).toBeUndefined();
  expect(spent.promptTokens).toBeGreaterThan(0);
});

test('a model that fails or is slow leaves the question as it is', async () => {
  server.setDefault({ kind: 'http-error', status: 503 });
  expect((await rewrite()).question).toBeUndefined();
  server.setDefault({ kind: 'answer' });
  server.enqueue({ kind: 'stall' });
  expect((await rewrite({ msMax: 50 })).question).toBeUndefined();
});

test('whoever stops the answer stops the rewriting', async () => {
  server.enqueue({ kind: 'stall' });
  const stop = new AbortController();
  const rewriting = rewrite({ signal: stop.signal });
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  stop.abort();
  await expect(rewriting).rejects.toMatchObject({ code: 'canceled' });
});
