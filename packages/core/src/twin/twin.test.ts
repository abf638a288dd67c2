import { deleteDatabaseValue } from '@twin/db/queries/cache';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import { unsupported } from '../documents/unreadable.ts';
import { findVectorIndexReport } from '../maintenance/examine-vector-index.ts';
import { rebuildIndex } from '../maintenance/rebuild-index.ts';
import { checkRateLimit } from '../rate-limit/check-rate-limit.ts';
import { rateLimitPolicies } from '../rate-limit/policies.ts';
import { resetRateLimit } from '../rate-limit/reset-rate-limit.ts';
import { createSlots } from '../slots.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { getAdminOverview } from './get-admin-overview.ts';
import { getTwinStatus } from './get-twin-status.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a new twin is empty, and names the model that will embed', async () => {
  const status = await getTwinStatus(createTestDeps(database), database.scope);
  expect(status).toMatchObject({
    chatModel: null,
    currency: null,
    embeddingModel: { provider: 'builtin', name: 'bag-of-words', dimensions: 64 },
    database: { home: database.home },
    documents: { ready: 0, inProgress: 0, failed: 0, locked: 0, retryable: 0, canceled: 0, total: 0 },
    chunks: 0,
    samplesLoaded: false,
  });
  expect(status.sampleQuestions).toHaveLength(3);
  expect(status.formats).toContain('.pdf');
  expect(status.database.version).toMatch(/^\d+\.\d+$/);
  const { found } = await findVectorIndexReport(createTestDeps(database), database.scope);
  expect(found).toBe('there are no vectors yet');
});

test('a file of an unknown type is told of with every kind that the app names', async () => {
  const { formatKinds } = await getTwinStatus(createTestDeps(database), database.scope);
  expect(unsupported('x.bin', 'unknown-type').message).toContain(`These can be read: ${formatKinds.join(', ')}.`);
  expect(formatKinds).toEqual(expect.arrayContaining(['PDF', 'AsciiDoc', 'notes of Evernote', 'source code']));
});

test('the status counts what answers questions', async () => {
  await insertBeeLibrary(database);
  const deps = createTestDeps(database, { chatModel: createScriptedModel([]) });
  const status = await getTwinStatus(deps, database.scope);
  expect(status).toMatchObject({ chatModel: 'scripted', documents: { ready: 2 }, chunks: 5 });
});

test('a caller is refused past the limit, listed as such, and freed by a reset', async () => {
  const deps = createTestDeps(database);
  const { scope } = database;
  const { limit } = rateLimitPolicies['sign-in'];
  for (let call = 1; call <= limit; call++) {
    expect(await checkRateLimit(deps, scope, 'sign-in', 'address:192.0.2.1')).toMatchObject({
      policy: 'sign-in',
      allowed: true,
      remaining: limit - call,
    });
  }
  await checkRateLimit(deps, scope, 'chat', 'owner:local');
  expect(await checkRateLimit(deps, scope, 'sign-in', 'address:192.0.2.1')).toMatchObject({
    allowed: false,
    remaining: 0,
  });
  const { rateLimits } = await getAdminOverview(deps, scope);
  expect(rateLimits.map(({ key, policy, count }) => ({ key, policy, count }))).toEqual([
    { key: 'sign-in:address:192.0.2.1', policy: 'sign-in', count: limit },
    { key: 'chat:owner:local', policy: 'chat', count: 1 },
  ]);
  expect(await resetRateLimit(deps, scope, 'sign-in:address:192.0.2.1')).toBe(true);
  expect(await checkRateLimit(deps, scope, 'sign-in', 'address:192.0.2.1')).toMatchObject({ allowed: true });
});

test('the index of the nearest is measured once an hour, however often it is asked about; how many vectors there are is as of now', async () => {
  let measured = 0;
  const slots = createSlots(1);
  const searchSlots: Deps['searchSlots'] = {
    ...slots,
    run: (work) => {
      measured += 1;
      return slots.run(work);
    },
  };
  const deps = createTestDeps(database, { searchSlots });
  const isIndexed = database.home === 'server';
  // A connection that rests tells a server what it has written after ten seconds.
  await expect
    .poll(() => findVectorIndexReport(deps, database.scope), { timeout: 25_000 })
    .toMatchObject({ check: 'vector index', state: 'ok', found: expect.stringContaining('5 vectors'), fix: null });
  expect(measured).toBe(isIndexed ? 1 : 0);
  expect(await rebuildIndex(deps, database.scope, { kind: 'hnsw' })).toBe(isIndexed);
  expect(await findVectorIndexReport(deps, database.scope)).toMatchObject({ state: 'ok' });
  expect(measured).toBe(isIndexed ? 2 : 0);
  await deleteDatabaseValue(database.db, database.scope, cacheKeys.vectorIndex());
});

test('the overview tells sizes, versions and work', async () => {
  await deleteDatabaseValue(database.db, database.scope, cacheKeys.adminFigures());
  const deps = createTestDeps(database);
  const overview = await getAdminOverview(deps, database.scope);
  expect(overview.tables.map(({ name }) => name)).toContain('chunk');
  expect(overview.tables.find(({ name }) => name === 'chunk')?.rows).toBe(5);
  const rest = overview.tables.filter(
    ({ holds, name }) => holds === 'rest' && !/^(?:auth|evaluation|import|kysely)/.test(name),
  );
  // Whoever adds a table says what it holds, or adds it here.
  expect(rest.map(({ name }) => name).toSorted()).toEqual(['golden_question', 'share_link', 'twin']);
  expect(overview.database.sizeBytes).toBeGreaterThan(0);
  expect(overview.database.vectorVersion).toMatch(/^\d+\.\d+\.\d+$/);
  expect(overview.jobs).toEqual({ queued: 0, active: 0, failed: 0 });
  const bytesMax = 64 * 1024 * 1024;
  expect(overview.cache).toEqual({ entries: 0, bytes: 0, bytesMax, durability: 'logged', hits: 0, misses: 0 });
  // What takes a scan is not asked for again at once, and Admin's own look into the cache is none of the hits it shows.
  await deps.cache.keep(database.scope, 'seen-later', { value: 'x', ttlSeconds: 60 });
  const next = await getAdminOverview(deps, database.scope);
  expect(next.tables).toEqual(overview.tables);
  expect(next.cache).toMatchObject({ entries: 0, hits: 0, misses: 0 });
});
