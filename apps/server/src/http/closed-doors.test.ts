import { listProcedures } from '@twin/api/testing/list-procedures';
import { rateLimitPolicyNames } from '@twin/core/rate-limit/policies';
import { upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationScope } from '../auth/authenticate.ts';
import { operations } from '../rest/openapi/operations.ts';
import { sendJson } from '../testing/send-json.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ HOST: '0.0.0.0' });
  // Here every call is to be refused for having no proof, not for being one of many.
  for (const policy of rateLimitPolicyNames) {
    const many = { policy, limit: 1_000_000, windowSeconds: 60, algorithm: 'token-bucket' } as const;
    await upsertRateLimitSetting(server.database.db, installationScope, many);
  }
});

afterAll(() => server.close());

const send = async (path: string, request?: Parameters<typeof sendJson>[1]) =>
  await sendJson(`${server.origin}${path}`, request);

/** All that answers somebody without a session or a key: health, and the way to one. */
const open = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /api/session',
  'POST /api/owner',
  // Only for whoever has the token of a link; `visitors.test.ts` says what it then opens.
  'POST /api/visit',
  // Takes a cookie back, whatever it was worth.
  'POST /api/visit/leave',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
]);

/** Every endpoint and procedure there is, so that none can be forgotten here. */
const closed: [string, string][] = [
  ...operations
    .map(({ method, path }): [string, string] => [method.toUpperCase(), path.replace('{id}', 'doc-1')])
    .filter(([method, path]) => !open.has(`${method} ${path}`)),
  ...listProcedures()
    .filter(({ type }) => type !== 'subscription')
    .map(({ path, type }): [string, string] => [type === 'mutation' ? 'POST' : 'GET', `/api/trpc/${path}`]),
];

/** The sign-in library looks at the shape of a body first. */
const bodies: Record<string, object> = {
  '/api/auth/change-password': { currentPassword: 'x', newPassword: 'y' },
  '/api/auth/api-key/delete': { keyId: 'x' },
};

test('what is open is there', () => {
  const known = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(known).toEqual(expect.arrayContaining([...open]));
});

const forgeries: Record<string, string>[] = [
  {},
  { 'x-user-id': 'owner' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;host=localhost' },
  { host: 'localhost', 'x-forwarded-host': 'localhost' },
  { authorization: 'Bearer null' },
  { authorization: `Bearer ${'a'.repeat(64)}` },
  { authorization: "Bearer ' or 1=1 -- ' or 1=1 --" },
  { authorization: 'Basic YWRtaW46YWRtaW4=' },
  { cookie: 'twin.session_token=forged.signature' },
  { cookie: `twin-visitor=v1.${crypto.randomUUID()}.${crypto.randomUUID()}.99999999999.${'A'.repeat(43)}` },
  { 'x-api-key': 'a'.repeat(64), 'x-internal': '1', 'x-request-from': 'internal' },
];

test.each(closed)(
  '%s %s is closed to everyone without a session or a key, whatever they claim',
  async (method, path) => {
    for (const headers of forgeries) {
      const response = await send(path, { method, headers, ...(method === 'GET' ? {} : { body: bodies[path] ?? {} }) });
      expect({ headers, status: response.status }).toEqual({ headers, status: 401 });
      await response.body?.cancel();
    }
  },
);

test.each(listProcedures().filter(({ type }) => type === 'subscription'))(
  'the subscription $path gives a stranger one event: that it is closed',
  async ({ path }) => {
    for (const headers of forgeries) {
      const response = await send(`/api/trpc/${path}`, { headers: { ...headers, accept: 'text/event-stream' } });
      const events = (await response.text()).split('\n\n').filter((event) => event.includes('data: '));
      expect(events).toHaveLength(2);
      expect(events[0]).toContain('event: connected');
      expect(events[1]).toContain('"appCode":"unauthenticated"');
    }
  },
);
