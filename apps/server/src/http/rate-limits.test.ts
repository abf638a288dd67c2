import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let cookie = '';
const owner = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0', TRUSTED_PROXIES: '127.0.0.1' });
  const claimed = await send('POST', '/api/owner', { body: { ...owner, code: server.ownerCode } });
  cookie = claimed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
});

afterAll(() => server.close());

beforeEach(async () => {
  const response = await send('GET', '/api/trpc/admin.overview', { headers: { cookie } });
  const { result } = (await response.json()) as { result: { data: { rateLimits: { key: string }[] } } };
  for (const { key } of result.data.rateLimits) {
    await send('POST', '/api/trpc/admin.resetRateLimit', { headers: { cookie }, body: { key } });
  }
});

async function send(method: string, path: string, request: { headers?: Record<string, string>; body?: unknown } = {}) {
  return await sendJson(`${server.origin}${path}`, { ...request, method });
}

async function change(policy: string, limit: number, windowSeconds: number, algorithm?: string): Promise<void> {
  const body = { policy, limit, windowSeconds, algorithm };
  const response = await send('POST', '/api/trpc/rateLimits.change', { headers: { cookie }, body });
  expect(await response.text()).toContain('"changed":true');
}

function guess(forwardedFor: string) {
  const headers = { 'x-forwarded-for': forwardedFor };
  return send('POST', '/api/auth/sign-in/email', { headers, body: { email: owner.email, password: 'not the one' } });
}

test.each([
  ['POST', '/api/owner', 'sign-in'],
  ['POST', '/api/auth/sign-in/email', 'sign-in'],
  ['POST', '/api/auth/change-password', 'sign-in'],
  ['POST', '/api/auth/sign-out', 'account'],
  ['POST', '/api/auth/revoke-other-sessions', 'account'],
  ['POST', '/api/auth/api-key/create', 'account'],
  ['POST', '/api/auth/api-key/delete', 'account'],
  ['GET', '/api/auth/api-key/list', 'session'],
  ['GET', '/api/session', 'session'],
] as const)('%s %s is counted as %s and says what is left', async (method, path, policy) => {
  // Each on an address of its own: what the others used does not show.
  const address = `192.0.2.${Math.abs(path.length * 7 + method.length) % 250}`;
  const headers = { 'x-forwarded-for': address };
  const response = await send(method, path, { headers, ...(method === 'GET' ? {} : { body: {} }) });
  await response.body?.cancel();
  expect(response.headers.get('ratelimit-limit')).toBe(String(rateLimitPolicies[policy].limit));
  expect(Number(response.headers.get('ratelimit-remaining'))).toBe(rateLimitPolicies[policy].limit - 1);
  expect(Number(response.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  expect(response.headers.get('retry-after')).toBeNull();
});

test('addresses within one IPv6 network of 64 bits share a limit; the next network has its own', async () => {
  const statuses: number[] = [];
  for (let n = 1; n <= rateLimitPolicies['sign-in'].limit + 1; n += 1) {
    statuses.push((await guess(`2001:db8:1:2:${n.toString(16)}::${(n * 97).toString(16)}`)).status);
  }
  expect(statuses.slice(0, -1)).not.toContain(429);
  expect(statuses.at(-1)).toBe(429);
  expect((await guess('2001:db8:1:3::1')).status).toBe(401);
});

test('an address spelled differently is the same address', async () => {
  await change('sign-in', 3, 3_600);
  const spellings = ['198.51.100.7', '::ffff:198.51.100.7', '::FFFF:198.51.100.7', '10.9.9.9, 198.51.100.7'];
  const statuses: number[] = [];
  for (const spelling of spellings) statuses.push((await guess(spelling)).status);
  expect(statuses).toEqual([401, 401, 401, 429]);
});

test('a refusal says when to come back, in headers and as data, and its sentence has no time that would stand still', async () => {
  await change('sign-in', 3, 3_600);
  for (let n = 0; n < 3; n += 1) await guess('203.0.113.1');
  const refused = await guess('203.0.113.1');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('ratelimit-remaining')).toBe('0');
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(1_100);
  expect(refused.headers.get('ratelimit-reset')).toBe(String(seconds));
  const { error } = (await refused.json()) as {
    error: { message: string; reason: string; retryAfterMs: number };
  };
  expect(error.reason).toBe('sign-in');
  expect(error.message).toBe('That was the limit of 3 sign-in attempts per hour.');
  expect(Math.ceil(error.retryAfterMs / 1000)).toBe(seconds);
});

test('a limit in a fixed window says when the window ends, of what passes and of what is refused', async () => {
  await change('sign-in', 3, 3_600, 'fixed-window');
  const answers = [];
  for (let n = 0; n < 4; n += 1) answers.push(await guess('203.0.113.2'));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['2', '1', '0', '0']);
  // A bucket would give one back after twenty minutes.
  for (const { headers } of answers) expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(3_000);
  expect(answers.map(({ headers }) => headers.has('retry-after'))).toEqual([false, false, false, true]);
  expect(answers.at(-1)?.headers.get('retry-after')).toBe(answers.at(-1)?.headers.get('ratelimit-reset'));
  await change('sign-in', 3, 3_600);
  expect((await guess('203.0.113.2')).status).toBe(401);
});

test('one caller with many names has one limit, on every road to the same door', async () => {
  await change('search', 5, 3_600);
  const input = encodeURIComponent(JSON.stringify({ 0: { query: 'a' }, 1: { query: 'b' } }));
  const path = `/api/trpc/search.passages,search.passages?batch=1&input=${input}`;
  const allowed: boolean[] = [];
  for (let n = 0; n < 4; n += 1) {
    const headers = { cookie, 'x-user-id': `user-${n}`, 'x-forwarded-for': `198.51.100.${n}` };
    const answers = (await (await send('GET', path, { headers })).json()) as object[];
    allowed.push(...answers.map((answer) => 'result' in answer));
  }
  expect(allowed.filter(Boolean)).toHaveLength(5);
});

test('whoever proves nothing is counted by address, at every door, and then refused; a key that is known goes on', async () => {
  await change('unproven', 30, 60);
  const made = await send('POST', '/api/auth/api-key/create', { headers: { cookie }, body: { name: 'script' } });
  const { key } = (await made.json()) as { key: string };
  const from = { 'x-forwarded-for': '203.0.113.77' };
  const withKey = async () =>
    (await send('GET', '/api/trpc/twin.status', { headers: { ...from, authorization: `Bearer ${key}` } })).status;
  expect(await withKey()).toBe(200);
  const guesses = Array.from({ length: 60 }, async (_none, n) => {
    const headers = { ...from, authorization: `Bearer twin_${'x'.repeat(40)}${n}` };
    return (await send('GET', n % 2 === 0 ? '/api/openapi.json' : '/api/trpc/twin.status', { headers })).status;
  });
  const statuses = await Promise.all(guesses);
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(30);
  expect(statuses).toContain(429);
  const batch = async () =>
    await send('GET', '/api/trpc/documents.list,twin.status?batch=1&input=%7B%7D', { headers: from });
  let refused = await batch();
  // One call flows back every two seconds.
  while (refused.status === 401) refused = await batch();
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject([
    { error: { data: { appCode: 'rate-limited', httpStatus: 429, reason: 'unproven' } } },
    { error: { data: { appCode: 'rate-limited' } } },
  ]);
  expect(await withKey()).toBe(200);
  // Every key is looked up again after this.
  await send('POST', '/api/auth/api-key/create', { headers: { cookie }, body: { name: 'second' } });
  expect(await withKey()).toBe(200);
  expect((await send('GET', '/api/openapi.json')).status, 'from another address').toBe(401);
});

test('a batch that one limit refuses says how long that one lasts, whatever the others have left', async () => {
  await change('search', 1, 3_600);
  const input = encodeURIComponent(JSON.stringify({ 0: { query: 'a' }, 1: { query: 'b' }, 2: {} }));
  const path = `/api/trpc/search.passages,search.passages,documents.list?batch=1&input=${input}`;
  const response = await send('GET', path, { headers: { cookie } });
  const answers = (await response.json()) as object[];
  expect(answers.map((answer) => 'result' in answer)).toEqual([true, false, true]);
  expect(response.headers.get('ratelimit-limit')).toBe('1');
  expect(response.headers.get('ratelimit-remaining')).toBe('0');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(3_500);
});

test('only the owner changes limits', async () => {
  const made = await send('POST', '/api/auth/api-key/create', { headers: { cookie }, body: { name: 'script' } });
  const { key } = (await made.json()) as { key: string };
  const headers = { authorization: `Bearer ${key}` };
  const body = { policy: 'chat', limit: 1_000_000, windowSeconds: 1 };
  expect((await send('POST', '/api/trpc/rateLimits.change', { headers, body })).status).toBe(403);
  expect((await send('POST', '/api/trpc/rateLimits.restore', { headers, body })).status).toBe(403);
  expect((await send('GET', '/api/trpc/rateLimits.list', { headers })).status).toBe(200);
});

test.each([
  ['an unknown policy', { policy: 'nothing', limit: 1, windowSeconds: 60 }],
  ['no calls at all', { policy: 'chat', limit: 0, windowSeconds: 60 }],
  ['half a call', { policy: 'chat', limit: 1.5, windowSeconds: 60 }],
  ['a window of a year', { policy: 'chat', limit: 1, windowSeconds: 31_536_000 }],
  ['an algorithm that is not known', { policy: 'chat', limit: 1, windowSeconds: 60, algorithm: 'sliding-window' }],
  ['a window for a limit of a day', { policy: 'chat-day', limit: 9, windowSeconds: 60, algorithm: 'fixed-window' }],
  ['too little for the app itself', { policy: 'read', limit: 1, windowSeconds: 60 }],
])('%s is refused', async (_case, body) => {
  const response = await send('POST', '/api/trpc/rateLimits.change', { headers: { cookie }, body });
  expect(response.status).toBe(400);
});
