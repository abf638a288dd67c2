import { rateLimitBounds, rateLimitPolicyNames } from '@twin/core/rate-limit/policies';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHome, type TestHome } from './testing/create-test-home.ts';
import { listHostileRoutes } from './testing/list-hostile-routes.ts';
import { cookiesOf } from './testing/public-twin.ts';
import { sendJson } from './testing/send-json.ts';
import type { SpawnedServer } from './testing/spawn-server.ts';
import { createSpawnedServers } from './testing/spawned-servers.ts';
import { createTestClient } from './testing/trpc-client.ts';

const account = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };
/** Of each route. Sixty take ten minutes, and found what none of these finds in most runs. */
const runs = 5;
/** Ids that are there, so that calls get past the first look. */
const known: string[] = ['clock'];
const servers = createSpawnedServers();
let home: TestHome;
let server: SpawnedServer;
let owner: Record<string, string>;
let visitor: Record<string, string>;

beforeAll(async () => {
  home = await createTestHome();
  server = await servers.start({
    ...home.variables,
    HOST: '0.0.0.0',
    LOG_LEVEL: 'error',
    AUTH_SECRET: 'a-secret-of-this-test-0123456789-abcdef',
  });
  const [, code] = /one-time code:\s+(\S+)/.exec(server.output()) ?? [];
  owner = { cookie: cookiesOf(await post('/api/owner', { ...account, code })) };
  const client = createTestClient(server.origin, owner);
  // What is looked for lies behind them.
  const most = { limit: rateLimitBounds.limitMax, windowSeconds: 60 };
  for (const policy of rateLimitPolicyNames) await client.rateLimits.change.mutate({ policy, ...most });
  const content = 'The tide clock was built by Ada Quill in 1987.';
  await post('/api/ingest', { documents: [{ id: 'clock', title: 'Clock', content }] }, owner);
  const { token } = await client.shareLinks.create.mutate({ name: 'All', expiresAt: null });
  visitor = { cookie: cookiesOf(await post('/api/visit', { token })) };
  const asked = { text: 'Who built the clock?' };
  const asVisitor = createTestClient(server.origin, visitor);
  for (const started of [await client.chat.send.mutate(asked), await asVisitor.visitor.send.mutate(asked)]) {
    known.push(started.conversationId, started.messageId);
  }
});

afterAll(async () => {
  await servers.killAll();
  await home.remove();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  await sendJson(`${server.origin}${path}`, { method: 'POST', headers, body });

test.each(listHostileRoutes())(
  '$name answers whatever it is sent, or says why not',
  async ({ name, requestsWith }) => {
    const credentials = name.startsWith('visitor.') ? visitor : owner;
    await fc.assert(
      fc.asyncProperty(requestsWith(known), async ({ path, init }) => {
        const response = await fetch(`${server.origin}${path}`, {
          ...init,
          headers: { ...init.headers, ...credentials, origin: server.origin },
        });
        const answer = await beginningOf(response);
        expect(`${response.status} ${answer}`).not.toMatch(/^5(?!03 \{"ready)|"(?:app)?code":"internal"/i);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  },
  600_000,
);

/** All of an answer, and of one that goes on what it says within a moment. */
async function beginningOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return await response.text();
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

test.each([
  '/api/trpc/__proto__',
  '/api/trpc/constructor',
  '/api/trpc/documents',
  '/api/trpc/documents.__proto__',
  '/api/trpc/documents.list,__proto__?batch=1&input=%7B%7D',
  '/api/trpc/documents.get?batch=1&input=[1]',
  '/api/trpc/documents.get?batch=1&input=null',
  '/api/trpc/documents.get?batch=1&input=%7B%22__proto__%22:%7B%22id%22:%22a%22%7D%7D',
  '/api/trpc/%00',
  '/api/trpc/%FF',
  '/api/trpc/',
  '/api/%',
  '/%FF',
  '/api/documents?tag=a&tag=b&limit=1&limit=2&__proto__=x',
])('GET %s is answered', async (path) => {
  expect((await fetch(`${server.origin}${path}`, { headers: owner })).status).toBeLessThan(500);
});

test.each([
  ['last-event-id', '\u00ff'.repeat(50)],
  ['last-event-id', '__proto__'],
  ['x-user-id', '\u00ff\u0080'],
  ['x-user-id', 'u'.repeat(8_000)],
  ['authorization', 'Bearer \u00ff'],
  ['cookie', 'twin.session_token=%FF%00.%ZZ; __proto__=1'],
  ['accept', 'text/event-stream,'.repeat(300)],
  ['trpc-accept', 'application/jsonl'],
  ['origin', 'null'],
  ['content-type', 'application/json; charset=\u00ff'],
  ['accept-language', 'x-'.repeat(3_000)],
])('a header %s that nobody means is answered', async (name, value) => {
  for (const path of ['/api/trpc/documents.list?input=%7B%7D', '/api/documents', '/api/session', '/']) {
    const response = await fetch(`${server.origin}${path}`, { headers: { ...owner, [name]: value } });
    expect(response.status).toBeLessThan(500);
  }
});

test('after all of it the same process serves what it held, and has nothing to say of it', async () => {
  expect(server.process.exitCode).toBeNull();
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  expect(server.output().split('is ready:')[1]?.split('\n').slice(4).join('\n').trim()).toBe('');
});
