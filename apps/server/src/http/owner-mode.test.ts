import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
const owner = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0' });
});

afterAll(() => server.close());

const send = async (path: string, request?: Parameters<typeof sendJson>[1]) =>
  await sendJson(`${server.origin}${path}`, request);

test.each([
  ['POST', '/api/auth/sign-up/email'],
  ['POST', '/api/auth/delete-user'],
  ['POST', '/api/auth/update-user'],
  ['POST', '/api/auth/request-password-reset'],
  ['POST', '/api/auth/api-key/verify'],
  ['POST', '/api/auth/api-key/update'],
  ['GET', '/api/auth/get-session'],
  ['GET', '/api/auth/list-sessions'],
  ['GET', '/api/auth/ok'],
])('%s %s does not exist', async (method, path) => {
  const body = { ...owner, newPassword: 'x' };
  expect((await send(path, { method, ...(method === 'GET' ? {} : { body }) })).status).toBe(404);
});

test('health and the sign-in page are open, and say no more than they must', async () => {
  expect((await send('/healthz')).status).toBe(200);
  expect((await send('/readyz')).status).toBe(200);
  expect(await (await send('/api/session')).json()).toEqual({ access: 'signed-out', needsOwner: true });
});

test('from the one-time code to a session, an API key, and back to nothing', async () => {
  const wrong = await send('/api/owner', { method: 'POST', body: { ...owner, code: 'guess' } });
  expect(wrong.status).toBe(403);
  expect(await wrong.json()).toMatchObject({ error: { code: 'forbidden' } });

  const claimed = await send('/api/owner', { method: 'POST', body: { ...owner, code: server.ownerCode } });
  expect(claimed.status).toBe(200);
  expect(await claimed.json()).toEqual({ success: true });
  const cookie = cookieOf(claimed);
  expect(await (await send('/api/session', { headers: { cookie } })).json()).toEqual({
    access: 'owner',
    needsOwner: false,
    user: { name: 'Ann', email: 'ann@example.org' },
  });
  expect((await send('/api/trpc/twin.status', { headers: { cookie } })).status).toBe(200);
  const again = await send('/api/owner', { method: 'POST', body: { ...owner, code: server.ownerCode } });
  expect(again.status).toBe(409);

  const made = await send('/api/auth/api-key/create', {
    method: 'POST',
    headers: { cookie },
    body: { name: 'script' },
  });
  const { key, id } = (await made.json()) as { key: string; id: string };
  const bearer = { authorization: `Bearer ${key}` };
  expect((await send('/api/trpc/documents.list?input=%7B%7D', { headers: bearer })).status).toBe(200);
  const body = { documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }] };
  expect((await send('/api/ingest', { method: 'POST', headers: bearer, body })).status).toBe(200);
  const reset = { method: 'POST', headers: bearer, body: { key: 'x' } };
  expect((await send('/api/trpc/admin.resetRateLimit', reset)).status).toBe(403);
  const more = await send('/api/auth/api-key/create', { method: 'POST', headers: bearer, body: { name: 'second' } });
  expect(more.status).toBe(401);

  await send('/api/auth/api-key/delete', { method: 'POST', headers: { cookie }, body: { keyId: id } });
  expect((await send('/api/trpc/twin.status', { headers: bearer })).status).toBe(401);

  await send('/api/auth/sign-out', { method: 'POST', headers: { cookie }, body: {} });
  expect((await send('/api/trpc/twin.status', { headers: { cookie } })).status).toBe(401);
});

test('the password opens a session, a wrong one does not, and guessing ends soon', async () => {
  const signIn = (password: string, headers = {}) =>
    send('/api/auth/sign-in/email', { method: 'POST', headers, body: { email: owner.email, password } });

  const right = await signIn(owner.password);
  expect(right.status).toBe(200);
  expect(await right.json()).toEqual({ success: true });
  expect(right.headers.getSetCookie()[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax/i);
  const wrong = await signIn('wrong password');
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({
    error: { code: 'unauthenticated', message: expect.stringContaining('Check both') },
  });

  const statuses: number[] = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    statuses.push((await signIn('guess', { 'x-forwarded-for': `10.0.0.${attempt}` })).status);
  }
  expect(statuses.at(-1)).toBe(429);
});

test.each([
  ['api-key/create', { name: 'a\0b' }],
  ['api-key/delete', { keyId: 'a\0b' }],
])('%s refuses what no database can store', async (path, body) => {
  const refused = await send(`/api/auth/${path}`, { method: 'POST', headers: { origin: server.origin }, body });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 'invalid-input' } });
});

test('no log line holds the code, a password or a key', () => {
  expect(server.log()).not.toContain(server.ownerCode);
  expect(server.log()).not.toContain(owner.password);
});

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

test('a proxy that is not listed is told of once, however much comes through it', async () => {
  for (const address of ['198.51.100.1', '198.51.100.2']) {
    await send('/api/session', { headers: { 'x-forwarded-for': address } });
  }
  const told = server
    .log()
    .split('\n')
    .filter((line) => line.includes('TRUSTED_PROXIES does not list'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('"address":"127.0.0.1"');
});
