import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readServerSentEvents } from '../testing/event-source.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let model: FakeModelServer;
let server: TestServer;

beforeAll(async () => {
  model = await startFakeModelServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-canary-0123456789' });
  const content = 'The tide clock was built by Ada Quill in 1987. It shows high water at the old harbour.';
  await post('/api/ingest', { documents: [{ id: 'clock', title: 'The tide clock', content }] });
});

afterAll(async () => {
  await server.close();
  await model.close();
});

// Each test asks the model: an equal question would get the answer that was kept.
beforeEach(() => deleteDatabaseValues(server.database.db, mintTwinScope(LOCAL_TWIN_ID), 'answer:'));

function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${server.origin}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

const question = { messages: [{ role: 'user', content: 'Who built the tide clock?' }] };

test('a model writes the answer, and its claims are cited', async () => {
  const response = await post('/api/chat', question);

  expect(await response.json()).toMatchObject({
    outcome: 'answered',
    message: { content: expect.stringContaining('[1]') },
    citations: [{ number: 1, documentId: 'clock' }],
  });
});

test.each([
  [{ kind: 'http-error', status: 500 }, 502, 'model-unavailable'],
  [{ kind: 'http-error', status: 429, retryAfterSeconds: 120 }, 503, 'model-rate-limited'],
  [{ kind: 'http-error', status: 401 }, 502, 'model-refused'],
  [{ kind: 'hang-up' }, 502, 'model-unavailable'],
  [{ kind: 'cut', afterTokens: 0 }, 502, 'model-unavailable'],
] as const)('a model that fails (%j) is told as %i %s', async (behaviour, status, code) => {
  model.setDefault(behaviour);
  const response = await post('/api/chat', question);
  model.setDefault({ kind: 'answer' });

  expect(response.status).toBe(status);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.code).toBe(code);
  expect(JSON.stringify(error)).not.toContain('canary');
});

test('an answer that is cut keeps its text and ends with the reason', async () => {
  model.enqueue({ kind: 'cut', afterTokens: 5 });
  const response = await post('/api/chat', { ...question, stream: true });
  const events = (await response.text()).split('\n\n').filter(Boolean);

  expect(events.at(-1)).toBe('data: [DONE]');
  expect(events.at(-2)).toContain('event: answer-end');
  expect(events.at(-2)).toContain('"state":"failed"');
});

test.each([true, false])('a caller who leaves stops the model within a second (streaming: %s)', async (stream) => {
  model.enqueue({ kind: 'endless', msPerToken: 20 });
  const requestsBefore = model.requests.length;
  const leaving = new AbortController();
  const response = post('/api/chat', { ...question, stream }, leaving.signal);
  if (stream) {
    const events = readServerSentEvents(await response);
    while ((await events.next()).value?.event !== 'text-delta');
  } else {
    await vi.waitUntil(() => (model.requests[requestsBefore]?.tokensSent ?? 0) > 5, { timeout: 20_000 });
  }
  const request = model.requests[requestsBefore];
  const leftAt = Date.now();
  leaving.abort();
  await response.catch(() => undefined);

  await expect.poll(() => request?.abortedAt, { timeout: 5000 }).not.toBeNull();
  expect((request?.abortedAt ?? Infinity) - leftAt).toBeLessThan(1000);
});

test('the key never reaches a log line', () => {
  expect(server.log()).not.toContain('canary');
});
