import { insertBeeLibrary } from '@twin/core/testing/bee-library';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { createScriptedModel } from '@twin/core/testing/scripted-model';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ServerParts } from '../http/server-parts.ts';
import { createEndpointApp } from '../testing/endpoint-app.ts';
import { chatEndpoint } from './chat.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

/** What a caller gets whose answer is cut by the end of our own process. */
async function cutAnswer(stream: boolean): Promise<Response> {
  const chatModel = createScriptedModel(['It holds ', { stall: true }]);
  const closing = new AbortController();
  const parts = { deps: createTestDeps(database, { chatModel }), closing: closing.signal } as ServerParts;
  const app = createEndpointApp(database.scope).post('/', chatEndpoint(parts));

  const messages = [{ role: 'user', content: 'How many bees does a strong hive hold in summer?' }];
  const answering = app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages, stream }),
  });
  await vi.waitUntil(() => chatModel.prompts.length === 1, { timeout: 20_000 });
  closing.abort();
  return await answering;
}

test('an answer that our own shutdown cuts is an error that says when to ask again', async () => {
  const answer = await cutAnswer(false);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(await answer.json()).toMatchObject({ error: { code: 'overloaded', reason: 'server-stopping' } });
});

test('a streamed answer that our own shutdown cuts ends with the reason', async () => {
  const events = (await (await cutAnswer(true)).text()).split('\n\n').filter(Boolean);
  expect(events.at(-2)).toContain('event: answer-end');
  expect(events.at(-2)).toContain('The server stopped while answering');
});
