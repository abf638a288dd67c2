import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { authConfiguration, createAccountMaker, createAuth } from './better-auth.ts';
import { createLogger } from './pino-logger.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

function authOptions() {
  return {
    db: database.db,
    secret: 'a-secret-for-this-test-0123456789-abcdef',
    publicOrigin: 'http://localhost:3000',
    logger: createLogger({ level: 'silent', forPerson: false }),
  };
}

test('our migration gives the sign-in library every table, column and index it wants', async () => {
  const plan = await getMigrations(authConfiguration(authOptions(), { disableSignUp: true }));

  expect(plan.toBeCreated).toEqual([]);
  expect(plan.toBeAdded).toEqual([]);
  expect(plan.toBeAddedIndexes).toEqual([]);
});

test('a key that is made, changed or deleted is told of; one that is listed or looked at is not', async () => {
  let changes = 0;
  const options = { ...authOptions(), onApiKeysChanged: () => void (changes += 1) };
  const body = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };
  const signedUp = await createAccountMaker(options).api.signUpEmail({ body, asResponse: true });
  const cookie = signedUp.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const auth = createAuth(options);
  const headers = { cookie, origin: options.publicOrigin, 'content-type': 'application/json' };
  async function call(path: string, sent?: object): Promise<{ id: string; changes: number }> {
    const init = sent === undefined ? {} : { method: 'POST', body: JSON.stringify(sent) };
    const request = new Request(`${options.publicOrigin}/api/auth/api-key/${path}`, { headers, ...init });
    const response = await auth.handler(request);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return { ...((await response.json()) as { id: string }), changes };
  }
  const { id, changes: afterCreate } = await call('create', { name: 'script' });
  expect(afterCreate).toBe(1);
  expect(await call('list')).toMatchObject({ changes: 1 });
  expect(await call(`get?id=${id}`)).toMatchObject({ changes: 1 });
  expect(await call('update', { keyId: id, name: 'renamed' })).toMatchObject({ changes: 2 });
  expect(await call('delete', { keyId: id })).toMatchObject({ changes: 3 });
});

test('what the library refuses is answered, and printed by nobody', async () => {
  const printed = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  const auth = createAuth(authOptions());
  const url = 'http://localhost:3000/api/auth/sign-in/email';
  for (const [body, headers] of [
    ['{', {}],
    ['{"email":"a@example.org","password":"x"}', { cookie: 'twin.session_token=x' }],
  ] as const) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    expect((await auth.handler(new Request(url, init))).status).toBeLessThan(500);
  }
  expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});
