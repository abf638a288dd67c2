import { insertBeeLibrary } from '@twin/core/testing/bee-library';
import { createTestDeps, silentLogger } from '@twin/core/testing/create-test-deps';
import { createScriptedModel } from '@twin/core/testing/scripted-model';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { chatEndpoint } from './chat.ts';
import { respondWithError } from './respond-with-error.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

test.each([
  ['as JSON', false],
  ['as a stream', true],
])('an answer that our own shutdown cuts says so, %s', async (_, stream) => {
  const chatModel = createScriptedModel(['It holds ', { stall: true }]);
  const closing = new AbortController();
  const parts = { deps: createTestDeps(database, { chatModel }), closing: closing.signal } as ServerParts;
  const app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    c.set('requestId', 'request-1');
    c.set('principal', { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' });
    await next();
  });
  app.post('/', chatEndpoint(parts)).onError((error, c) => respondWithError(c, error, silentLogger));

  const messages = [{ role: 'user', content: 'How many bees does a strong hive hold in summer?' }];
  const answering = app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages, stream }),
  });
  await vi.waitFor(() => expect(chatModel.prompts).toHaveLength(1), { timeout: 20_000 });
  closing.abort();
  const answer = await answering;

  if (stream) {
    const [last] = (await answer.text()).split('\n\n').filter(Boolean).slice(-2);
    expect(last).toContain('event: answer-end');
    expect(last).toContain('The server stopped while answering');
  } else {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.json()).toMatchObject({ error: { code: 'overloaded', reason: 'server-stopping' } });
  }
});
