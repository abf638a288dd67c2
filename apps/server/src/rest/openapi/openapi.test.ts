import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../http/app.ts';
import type { ServerParts } from '../../http/server-parts.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { openApiDocument } from './openapi-document.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

let server: TestServer;
let cookie = '';
const owner = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0' });
});

afterAll(() => server.close());

function nameOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

test('every route is described, and every described one is a route', () => {
  const access = { kind: 'owner' } as ServerParts['access'];
  const env = { trustedOrigins: [], trustedProxies: [], host: '0.0.0.0' } as unknown as ServerParts['env'];
  const parts = { access, env, deps: {}, requests: {}, readiness: {}, webApp: null } as unknown as ServerParts;
  const routes = createApp(parts)
    .routes.filter(({ method, path }) => method !== 'ALL' && path !== '*' && path !== '/*')
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(new Set(operations.map(nameOf))).toEqual(new Set(routes));
});

test('the document is complete in itself', async () => {
  const served = openApiDocument();
  const text = JSON.stringify(served);
  expect(served['openapi']).toBe('3.1.0');
  for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = reference?.split('/').reduce((at: unknown, key) => (at as Record<string, unknown>)?.[key], served);
    expect(target).toBeDefined();
  }
  expect(JSON.parse(text)).toEqual(served);
  const ids = operations.map(nameOf);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what a caller may send is taken from the schemas that check it', () => {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, object>> };
  const ingest = JSON.stringify(paths['/api/ingest']?.['post']);
  expect(ingest).toContain('"maxItems":100');
  expect(ingest).toContain('"required":["id","content"]');
  const upload = JSON.stringify(paths['/api/uploads']?.['put']);
  expect(upload).toContain('{"name":"fileName","in":"query","required":true');
  expect(upload).toContain('{"name":"id","in":"query","required":false');
});

interface Call {
  body?: string;
  headers?: Record<string, string>;
  /** In place of the path: parameters filled in. */
  url?: string;
  status?: number;
}

const json = (body: object) => ({ body: JSON.stringify(body) });
const question = { messages: [{ role: 'user', content: 'What is in my documents?' }] };

/** One call for each operation and each of its answers, in an order in which each finds what it needs. */
const calls: [string, Call][] = [
  ['get /healthz', {}],
  ['get /readyz', {}],
  ['get /api/session', {}],
  ['get /metrics', {}],
  ['get /api/openapi.json', {}],
  [
    'post /api/ingest',
    json({ documents: [{ id: 'doc-1', content: 'Your content', title: 'Title', metadata: { a: 1 } }] }),
  ],
  ['post /api/chat', json(question)],
  ['post /api/chat', { ...json({ ...question, stream: true }) }],
  ['put /api/uploads', { url: '/api/uploads?fileName=a.txt&id=doc-2', body: 'A file.', status: 201 }],
  ['put /api/uploads', { url: '/api/uploads?fileName=a.txt', body: 'A file.', status: 200 }],
  ['post /api/web-pages', { ...json({ url: 'http://127.0.0.1/' }), status: 400 }],
  ['post /api/site-pages', { ...json({ url: 'http://127.0.0.1/' }), status: 400 }],
  ['get /api/documents', { url: '/api/documents?limit=1&state=ready' }],
  ['get /api/documents/{id}', { url: '/api/documents/doc-2' }],
  ['get /api/documents/{id}', { url: '/api/documents/doc-3', status: 404 }],
  ['get /api/documents/{id}/file', { url: '/api/documents/doc-2/file' }],
  ['get /api/documents/{id}/pages/{page}', { url: '/api/documents/doc-3/pages/1', status: 404 }],
  ['post /api/documents/{id}/unlock', { ...json({ password: 'x' }), url: '/api/documents/doc-2/unlock', status: 409 }],
  ['delete /api/documents/{id}', { url: '/api/documents/doc-2' }],
  ['delete /api/documents/{id}', { url: '/api/documents/doc-2', status: 404 }],
  ['post /api/auth/api-key/create', json({ name: 'script' })],
  ['get /api/auth/api-key/list', {}],
  ['post /api/auth/revoke-other-sessions', json({})],
  ['post /api/auth/change-password', json({ currentPassword: owner.password, newPassword: owner.password })],
  ['post /api/auth/sign-in/email', json({ email: owner.email, password: owner.password })],
  ['post /api/auth/sign-out', json({})],
  ['post /api/visit/leave', json({})],
];

test('each operation answers as it is described', { timeout: 120_000 }, async () => {
  const claimed = await call('post /api/owner', json({ ...owner, code: server.ownerCode }));
  cookie = cookieOf(claimed);
  let keyId = '';
  const link = await fetch(`${server.origin}/api/trpc/shareLinks.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    ...json({ name: 'Friends', expiresAt: null }),
  });
  const { result } = (await link.json()) as { result: { data: { token: string } } };
  const signedIn = cookie;
  // The owner is no visitor.
  cookie = '';
  await call('post /api/visit', json({ token: result.data.token }));
  cookie = signedIn;
  for (const [name, how] of calls) {
    const response = await call(name, how);
    if (name.endsWith('api-key/create')) keyId = ((await response.json()) as { id: string }).id;
    if (name.endsWith('api-key/list')) await call('post /api/auth/api-key/delete', json({ keyId }));
    if (name.endsWith('sign-in/email')) cookie = cookieOf(response);
  }
  const called = new Set([
    ...calls.map(([name]) => name),
    'post /api/owner',
    'post /api/visit',
    'post /api/auth/api-key/delete',
  ]);
  expect(called).toEqual(new Set(operations.map(nameOf)));
});

test('an error is described as it is sent', async () => {
  const { errorAnswer } = await import('./answers.ts');
  for (const path of ['/api/nothing', '/api/openapi.json']) {
    const body: unknown = await (await fetch(`${server.origin}${path}`)).json();
    expect(errorAnswer.parse(body)).toEqual(body);
  }
});

/** Sends one request and holds its answer against the description: a known status, its type, and no field more or less. */
async function call(name: string, { body, headers = {}, url, status = 200 }: Call): Promise<Response> {
  const operation = operations.find((one) => nameOf(one) === name);
  if (operation === undefined) throw new Error(`${name} is not described`);
  const contentType = operation.body === 'bytes' ? 'text/plain' : 'application/json';
  const response = await fetch(`${server.origin}${url ?? operation.path}`, {
    method: operation.method.toUpperCase(),
    headers: { 'content-type': contentType, ...(cookie === '' ? {} : { cookie }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  expect({ name, status: response.status }).toEqual({ name, status });
  const text = await response.clone().text();
  const type = response.headers.get('content-type') ?? '';
  const answers = operation.answers.filter((answer) => answer.status === status);
  const isDescribed = answers.some(({ content }) => {
    if (content === 'bytes') return type === 'application/octet-stream';
    if (content === 'picture') return type === 'image/webp';
    if (content === 'nothing') return text === '';
    if (content === 'events') return type.startsWith('text/event-stream') && text.includes('data: [DONE]');
    if (content === 'text') return type.startsWith('text/plain');
    if (!type.startsWith('application/json')) return false;
    const sent: unknown = JSON.parse(text);
    const read = content.safeParse(sent);
    return read.success && JSON.stringify(sorted(read.data)) === JSON.stringify(sorted(sent));
  });
  expect({ name, type, text: isDescribed ? '' : text }).toMatchObject({ name, text: '' });
  return response;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}
