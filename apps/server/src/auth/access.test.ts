import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../adapters/pino-logger.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { parseEnv } from '../env.ts';
import { openAccess } from './access.ts';

type AuthTables = {
  auth_api_key: { requestCount: number | null; lastRequest: Date | null; updatedAt: Date };
};

const logger = createLogger({ level: 'silent', forPerson: false });
let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'twin-access-'));
});

afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

test('on a loopback address everyone is the owner, and a label stays a label', async () => {
  const access = await openAccess(parseEnv({ DATA_DIR: dataDir }), database.db, logger);
  const request = new Request('http://localhost/', {
    headers: { 'x-user-id': ' ann\u0007', authorization: 'Bearer x' },
  });

  expect(await access.authenticate(request)).toMatchObject({ kind: 'owner', userId: 'local', label: 'ann' });
});

test.each([
  ['PUBLIC_URL', { PUBLIC_URL: 'https://twin.example.org' }],
  ['TRUSTED_ORIGINS', { TRUSTED_ORIGINS: 'http://localhost:5173,https://twin.example.org' }],
])('a proxy in front of a loopback address, which %s tells of, wants an owner', async (_name, variables) => {
  const access = await openAccess(parseEnv({ DATA_DIR: dataDir, ...variables }), database.db, logger);

  expect(access.kind).toBe('owner');
  expect(await access.authenticate(new Request('https://twin.example.org/'))).toBeNull();
});

test.each([
  ['no secret for a server database', { DATABASE_URL: 'postgres://localhost/twin' }, 'nobody could own this twin'],
  ['a short secret', { AUTH_SECRET: 'k3y-Z9' }, '6 characters'],
  ['a well-known secret', { AUTH_SECRET: 'better-auth-secret-12345678901234567890' }, 'well-known'],
  ['a repeated secret', { AUTH_SECRET: 'ab'.repeat(20) }, 'easily guessed'],
])('listening beyond this machine with %s is refused', async (_case, variables, words) => {
  const env = parseEnv({ HOST: '0.0.0.0', DATA_DIR: dataDir, ...variables });

  const refusal = await openAccess(env, database.db, logger).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(ConfigurationError);
  expect(String(refusal)).toContain(words);
});

test('the secret is made once, for this user alone', async () => {
  const env = parseEnv({ HOST: '0.0.0.0', DATA_DIR: dataDir });
  await openAccess(env, database.db, logger);
  const secret = await readFile(join(dataDir, 'auth-secret'), 'utf8');

  await openAccess(env, database.db, logger);

  expect(await readFile(join(dataDir, 'auth-secret'), 'utf8')).toBe(secret);
  expect((await stat(join(dataDir, 'auth-secret'))).mode & 0o777).toBe(0o600);
});

test('two servers on one database make one owner, though each has a code', async () => {
  const other = await createTestDatabase();
  const env = parseEnv({ HOST: '0.0.0.0', DATA_DIR: dataDir });
  const servers = await Promise.all([openAccess(env, other.db, logger), openAccess(env, other.db, logger)]);

  const [first, second] = servers.filter((access) => access.kind === 'owner');
  if (first === undefined || second === undefined) throw new Error('expected twins without an owner');

  const claims = [first, second].map(({ ownerClaim }, n) => {
    const details = { name: 'Ann', email: `ann${n}@example.org`, password: 'correct horse battery' };
    return ownerClaim.claim(ownerClaim.code ?? '', details);
  });
  const ends = (await Promise.allSettled(claims)).map(({ status }) => status);

  expect(ends.toSorted()).toEqual(['fulfilled', 'rejected']);
  const { adapter } = await first.auth.$context;
  expect(await adapter.count({ model: 'account' })).toBe(1);
  await other.close();
});

test('whoever holds the code becomes the owner, once; then only a session or a key opens the door', async () => {
  const access = await openAccess(parseEnv({ HOST: '0.0.0.0', DATA_DIR: dataDir }), database.db, logger);
  if (access.kind !== 'owner' || access.ownerClaim.code === null) {
    throw new Error('expected a twin without an owner');
  }
  const { auth, ownerClaim, authenticate } = access;
  const details = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

  await expect(ownerClaim.claim('wrong', details)).rejects.toMatchObject({ code: 'forbidden' });
  const claimed = await Promise.allSettled([
    ownerClaim.claim(access.ownerClaim.code, details),
    ownerClaim.claim(access.ownerClaim.code, { ...details, email: 'eve@example.org' }),
  ]);
  // On a server either may be the first.
  expect(claimed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(ownerClaim.claim(access.ownerClaim.code, details)).rejects.toMatchObject({ code: 'conflict' });

  const won = claimed.find((claim) => claim.status === 'fulfilled');
  const response = won?.value ?? new Response();
  expect(response.status).toBe(200);
  const setCookie = response.headers.getSetCookie()[0] ?? '';
  expect(setCookie).toMatch(/HttpOnly; SameSite=Lax/i);
  const cookie = setCookie.split(';')[0] ?? '';
  const owner = await authenticate(new Request('http://x/', { headers: { cookie } }));
  expect(owner).toMatchObject({ kind: 'owner' });

  const userId = owner?.kind === 'owner' ? owner.userId : '';
  const { key, id } = await auth.api.createApiKey({ body: { name: 'script', userId } });
  const columns = ['requestCount', 'lastRequest', 'updatedAt'] as const;
  const untouched = await database.db.withTables<AuthTables>().selectFrom('auth_api_key').select(columns).execute();
  const withKey = () => authenticate(new Request('http://x/', { headers: { authorization: `Bearer ${key}` } }));
  expect(await withKey()).toMatchObject({ kind: 'api-key', keyId: id, label: 'script' });
  expect(await withKey()).toMatchObject({ keyId: id });
  expect(await database.db.withTables<AuthTables>().selectFrom('auth_api_key').select(columns).execute()).toEqual(
    untouched,
  );
  await auth.api.deleteApiKey({ body: { keyId: id }, headers: new Headers({ cookie }) });
  expect(await withKey()).toBeNull();

  const bad = new Request('http://x/', { headers: { authorization: `Bearer ${'x'.repeat(64)}`, cookie } });
  expect(await authenticate(bad)).toBeNull();
  expect(await authenticate(new Request('http://x/', { headers: { 'x-user-id': userId } }))).toBeNull();
});

test.each([
  { case: 'without its name', variables: {}, told: 1 },
  { case: 'with PUBLIC_URL', variables: { PUBLIC_URL: 'https://twin.example.org' }, told: 0 },
])('listening beyond this machine $case is warned of $told times', async ({ variables, told }) => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const env = parseEnv({ HOST: '0.0.0.0', DATA_DIR: dataDir, ...variables });

  await openAccess(env, database.db, createLogger({ level: 'info', forPerson: false, destination }));

  expect(lines.filter((line) => line.includes('requests are taken under any name'))).toHaveLength(told);
});
