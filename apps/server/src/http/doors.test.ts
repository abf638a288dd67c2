import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { whileLocked } from '@twin/db/testing/while-locked';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** With exactly these headers: fetch would set or forbid some of them. */
function send(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(`${server.origin}${path}`, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

const json = { 'content-type': 'application/json' };
const mutation = { method: 'POST', body: '{}' };

test.each([
  ['a foreign name', 'evil.example'],
  ['a foreign name with our port', 'evil.example:3000'],
  ['a name that starts like ours', 'localhost.evil.example'],
  ['a name that ends like ours', 'evil-localhost'],
  ['an address of the local network', '192.168.1.5:3000'],
  ['the unspecified address', '0.0.0.0:3000'],
])('DNS rebinding is refused: Host is %s', async (_case, host) => {
  for (const path of ['/', '/api/trpc/twin.status', '/api/documents/doc-1/file', '/metrics']) {
    const { status, body } = await send(path, { headers: { host } });
    expect({ path, status }).toEqual({ path, status: 403 });
    expect(body).toContain('unknown-host');
  }
});

test.each(['localhost', 'localhost:3000', '127.0.0.1:8080', '[::1]:3000', 'LOCALHOST:3000'])(
  'the machine itself may call the server %s',
  async (host) => {
    expect((await send('/api/trpc/twin.status', { headers: { host } })).status).toBe(200);
  },
);

test.each([
  ['x-forwarded-for', '203.0.113.7'],
  ['x-forwarded-for', '127.0.0.1, 2001:db8::1'],
  ['x-forwarded-for', '::ffff:203.0.113.7'],
  ['x-real-ip', '192.168.1.5'],
  ['cf-connecting-ip', '203.0.113.7'],
  ['forwarded', 'for=127.0.0.1, for="[2001:db8::1]:4711";proto=https'],
  ['forwarded', 'proto=https;for=203.0.113.7:80'],
])(
  'what a proxy passes on for another machine is refused, though it calls us localhost: %s: %s',
  async (name, value) => {
    for (const path of ['/', '/api/trpc/twin.status', '/metrics']) {
      const { status, body } = await send(path, { headers: { host: 'localhost:3000', [name]: value } });
      expect({ path, status }).toEqual({ path, status: 403 });
      expect(body).toContain('unnamed-proxy');
    }
  },
);

test.each([
  ['x-forwarded-for', '127.0.0.1, ::1'],
  ['forwarded', 'for=127.0.0.1;host=localhost'],
  ['x-real-ip', 'unknown'],
])('a proxy on this machine that passes on what this machine asks is let through: %s: %s', async (name, value) => {
  expect((await send('/api/trpc/twin.status', { headers: { [name]: value } })).status).toBe(200);
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://localhost:8000' }],
  ['a sandboxed page', { origin: 'null' }],
  ['another site, by what the browser says', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site, by what the browser says', { 'sec-fetch-site': 'same-site' }],
])("a page of %s cannot use a visitor's browser", async (_case, headers) => {
  for (const path of ['/api/trpc/documents.loadSamples', '/api/ingest', '/api/chat']) {
    const { status, body } = await send(path, { ...mutation, headers: { ...json, ...headers } });
    expect(status).toBe(403);
    expect(body).toContain('cross-origin');
  }
  expect((await send('/api/trpc/twin.status', { headers })).status).toBe(403);
});

test('our own page may call the server', async () => {
  const { host } = new URL(server.origin);
  const headers = { ...json, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
  expect((await send('/api/trpc/documents.retryAll', { ...mutation, headers })).status).toBe(200);
});

test.each([
  ['text/plain'],
  ['application/x-www-form-urlencoded'],
  ['multipart/form-data; boundary=x'],
  ['application/octet-stream'],
  ['application/jsonp'],
  [''],
])('a mutation sent as "%s" is refused with 415', async (contentType) => {
  const headers: Record<string, string> = contentType === '' ? {} : { 'content-type': contentType };
  const told = { code: 'unsupported-type', reason: 'content-type' };
  const toldTyped = { data: { appCode: 'unsupported-type', reason: 'content-type' } };
  for (const [path, error] of [
    ['/api/trpc/documents.retryAll', toldTyped],
    ['/api/ingest', told],
    ['/api/chat', told],
  ] as const) {
    const { status, body } = await send(path, { ...mutation, headers });
    expect(status).toBe(415);
    expect(JSON.parse(body)).toMatchObject({ error });
  }
});

test('a GET changes nothing', async () => {
  expect((await send('/api/trpc/documents.retryAll?input=%7B%7D')).status).toBe(405);
  expect((await send('/api/ingest')).status).toBe(404);
});

test.each(['{', '', '[]', 'null', '"text"', '{"documents":{}}', '\u0000', '{"__proto__":{"documents":[]}}'])(
  'a body that is not what was asked for is a 400 with words: %j',
  async (body) => {
    for (const path of ['/api/ingest', '/api/chat']) {
      const answer = await send(path, { method: 'POST', headers: json, body });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({
        error: { code: 'invalid-input', requestId: expect.any(String) },
      });
    }
    const answer = await send('/api/trpc/chat.send', { method: 'POST', headers: json, body });
    expect(answer.status).toBe(400);
  },
);

test('a body larger than the limit is refused before it is read, and when it was not announced', async () => {
  const announced = await send('/api/ingest', {
    method: 'POST',
    headers: { ...json, 'content-length': String(9 * 1024 * 1024), connection: 'close' },
    body: 'x'.repeat(9 * 1024 * 1024),
  });
  expect(announced.status).toBe(413);
  const chunked = await send('/api/chat', {
    method: 'POST',
    headers: { ...json, 'transfer-encoding': 'chunked', connection: 'close' },
    body: 'x'.repeat(9 * 1024 * 1024),
  });
  expect(chunked.status).toBe(413);
});

test('every answer carries the security headers, an id, and nothing about the software', async () => {
  for (const path of ['/', '/api/trpc/twin.status', '/api/nothing', '/healthz', '/api/session']) {
    const { headers } = await send(path);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('data is never cached', async () => {
  expect((await send('/api/trpc/twin.status')).headers['cache-control']).toBe('no-store');
});

const forgeries = [
  'x-forwarded-for',
  'x-real-ip',
  'forwarded',
  'x-forwarded-host',
  'x-user-id',
  'x-request-id',
  'x-http-method-override',
  'x-internal',
  'x-forwarded-user',
  'x-original-url',
  'x-rewrite-url',
  'x-api-key',
];

test.each(forgeries)('the header %s changes nothing', async (name) => {
  const plain = await send('/api/session');
  const forged = await send('/api/session', { headers: { [name]: '127.0.0.1, admin' } });
  expect(forged.status).toBe(plain.status);
  expect(forged.body).toBe(plain.body);
});

test('limits cannot be escaped by forged headers', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const headers = { 'x-user-id': `user-${index}`, 'x-forwarded-for': `127.0.0.${index}` };
      return send('/api/trpc/twin.status', { headers });
    }),
  );
  const remaining = answers.map(({ headers }) => Number(headers['ratelimit-remaining']));
  // Calls flow back while these are made, a few at most; a caller of its own would have all but one.
  expect(Math.min(...remaining)).toBeLessThan(rateLimitPolicies.read.limit - 10);
});

test('the process and its readiness can be asked for; measurements have closed sets of names', async () => {
  expect(await send('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  expect(JSON.parse((await send('/readyz')).body)).toEqual({
    status: 'ready',
    checks: { database: 'ok', schema: 'ok', worker: 'ok' },
  });
  await send('/some/made-up/path');
  const { body } = await send('/metrics');
  expect(body).toContain('twin_http_request_duration_seconds_bucket');
  expect(body).toContain('nodejs_eventloop_lag_seconds');
  expect(body).not.toContain('made-up');
});

test.each([
  ['JSON', 'POST', '/api/ingest'],
  ['a call', 'POST', '/api/trpc/chat.send'],
  ['a file', 'PUT', '/api/uploads?fileName=half.txt'],
])('a caller who leaves while sending %s is not taken for a failure of ours', async (_what, method, path) => {
  const headers = { 'content-type': 'application/json', 'content-length': '1000' };
  const sent = request(`${server.origin}${path}`, { method, headers });
  sent.on('error', () => undefined).write('{"documents":');
  setTimeout(() => sent.destroy(), 200);

  const lines = () => server.log().split('\n');
  const isOurs = (line: string) => line.includes(`"path":"${path.split('?')[0]}"`) && line.includes('"complete":false');
  await expect.poll(() => lines().some(isOurs)).toBe(true);
  // What an old pgvector on the test server deserves is said at the start.
  const ofRequests = lines().filter((line) => !line.includes('pgvector'));
  expect(ofRequests.filter((line) => line.includes('"level":40') || line.includes('"level":50'))).toEqual([]);
});

test('nor is one who leaves when a file has been sent whole and waits to be read', async () => {
  const before = server.log().length;
  const lines = () => server.log().slice(before).split('\n');
  const put = (fileName: string) =>
    request(`${server.origin}/api/uploads?fileName=${fileName}`, { method: 'PUT', agent: false });
  // Who is let in is counted first, so that none of the file has been read.
  await whileLocked(server.database.db, 'rate_limits', async () => {
    const sent = put('left.txt').on('error', () => undefined);
    sent.end('words '.repeat(5_000));
    await once(sent, 'finish');
    sent.destroy();
    await expect.poll(() => lines().some((line) => line.includes('"complete":false'))).toBe(true);
  });
  const next = put('next.txt').end('other words');
  const [answer] = (await once(next, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(201);
  expect(lines().filter((line) => line.includes('"level":40') || line.includes('"level":50'))).toEqual([]);
});

test('a request is logged without its query and headers', async () => {
  await send('/api/session?token=canary-query', {
    headers: { authorization: 'Bearer canary-header', cookie: 'a=canary-cookie' },
  });
  await expect.poll(() => server.log()).toContain('"path":"/api/session"');
  expect(server.log()).not.toContain('canary');
});
