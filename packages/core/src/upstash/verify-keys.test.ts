import {
  CACHE_BYTES_MAX,
  countCacheValues,
  deleteDatabaseValues,
  getDatabaseValue,
  setDatabaseValue,
} from '@twin/db/queries/cache';
import { listRateLimitCounts } from '@twin/db/queries/imported-values';
import { eraseFromIngestions, listIngestions } from '@twin/db/queries/ingestion-metadata';
import { resetRateLimit } from '@twin/db/queries/rate-limits';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { importKeys } from './import-keys.ts';
import { defaultKeyPrefixes as prefixes } from './map-key.ts';
import type { KeySource, SourceKey } from './sources.ts';
import { verifyKeys } from './verify-keys.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Upstash Redis with these keys, all of them in every sample, and on one page unless it has room for fewer. */
function createSource(keys: readonly SourceKey[], pageKeys = keys.length): KeySource {
  const names = keys.map(({ key }) => key);
  return {
    name: 'redis.example',
    countKeys: () => Promise.resolve(keys.length),
    scan: (cursor) => {
      const end = Number(cursor) + pageKeys;
      return Promise.resolve({ keys: names.slice(Number(cursor), end), nextCursor: `${end < names.length ? end : 0}` });
    },
    read: (asked) => Promise.resolve(keys.filter(({ key }) => asked.includes(key))),
    sampleKeys: () => Promise.resolve(names),
  };
}

const anHourMs = 3_600_000;
const text = (key: string, value: string, ttlMs: number | null = anHourMs): SourceKey => ({
  key,
  type: 'string',
  ttlMs,
  value,
});

test('a second pass writes what has changed and nothing else: values, moments they expire at, counts and records', async () => {
  const deps = createTestDeps(database);
  const record = (documents: string[]) => text('ingestion:call-7', JSON.stringify({ userId: 'u', documents }));
  const before = [
    text('answer:same', 'one'),
    text('answer:forever', 'one', null),
    text('answer:changed', 'one'),
    text('answer:prolonged', 'one'),
    text('ratelimit:dora:29384756', '3'),
    text('ratelimit:emil:29384756', '3'),
    record(['a']),
  ];
  const after = [
    ...before.slice(0, 2),
    text('answer:changed', 'two'),
    text('answer:prolonged', 'one', 2 * anHourMs),
    text('ratelimit:dora:29384756', '5'),
    text('ratelimit:emil:29384756', '3'),
    record(['a', 'b']),
  ];
  const run = async (keys: SourceKey[]) =>
    await importKeys(deps, database.scope, { source: createSource(keys), prefixes });
  const verify = async (keys: SourceKey[]) =>
    await verifyKeys(deps, database.scope, { source: createSource(keys), prefixes, surplus: 0 });
  expect(await run(before)).toMatchObject({ read: 7, written: 7, surplus: 0 });
  expect(await run(before)).toMatchObject({ read: 7, written: 0 });
  expect(await verify(after)).toMatchObject({
    sampled: 7,
    different: ['answer:changed', 'answer:prolonged', 'dora', 'call-7'],
    passed: false,
  });
  expect(await run(after)).toMatchObject({ read: 7, written: 4 });
  expect(await verify(after)).toMatchObject({ sampled: 7, different: [], passed: true });
});

test('an older window of a caller changes nothing of a newer one, whichever comes first', async () => {
  const { db, scope } = database;
  const older = text('ratelimit:fay:283910', '9', 30_000);
  const newer = text('ratelimit:fay:283911', '3', 90_000);
  for (const keys of [
    [older, newer],
    [newer, older],
  ]) {
    await resetRateLimit(db, scope, 'fay');
    await importKeys(createTestDeps(database), scope, { source: createSource(keys, 1), prefixes });
    expect(await listRateLimitCounts(db, scope, ['fay'])).toMatchObject([{ count: 3 }]);
  }
});

test('what erasing a document took out of a record is brought back by no later pass, and not missed', async () => {
  const { db, scope } = database;
  const deps = createTestDeps(database);
  const record = (...titles: string[]) =>
    text(
      'ingestion:call-8',
      JSON.stringify({ userId: 'u', documents: titles.map((title) => ({ id: title, title, metadata: { title } })) }),
    );
  const find = async () => (await listIngestions(db, scope, 50)).find(({ id }) => id === 'call-8')?.documents;
  await importKeys(deps, scope, { source: createSource([record('gone', 'kept')]), prefixes });
  await db.transaction().execute((tx) => eraseFromIngestions(tx, scope, ['gone']));
  for (const [titles, written] of [
    [['gone', 'kept'], 0],
    [['gone', 'kept', 'new'], 1],
  ] as const) {
    const source = createSource([record(...titles)]);
    expect(await importKeys(deps, scope, { source, prefixes })).toMatchObject({ written });
    const [erased, ...others] = (await find()) ?? [];
    expect(erased).toEqual({ id: 'gone', outcome: 'created' });
    expect(others.map(({ title }) => title)).toEqual(titles.slice(1));
    expect(await verifyKeys(deps, scope, { source, prefixes, surplus: 0 })).toMatchObject({ different: [] });
  }
  const changed = createSource([record('gone', 'other', 'new')]);
  expect(await verifyKeys(deps, scope, { source: changed, prefixes, surplus: 0 })).toMatchObject({
    different: ['call-8'],
  });
});

test('values without a room here are counted and named, and never push out what this app keeps', async () => {
  const deps = createTestDeps(database);
  const { db, scope } = database;
  await deleteDatabaseValues(db, scope, '');
  await setDatabaseValue(db, scope, { key: 'own', value: 'x', ttlSeconds: 60 });
  const megabyte = 'x'.repeat(1024 * 1024);
  const source = createSource(Array.from({ length: 70 }, (_none, n) => text(`large:${n}`, megabyte, null)));
  const { written, surplus } = await importKeys(deps, scope, { source, prefixes });
  expect(written).toBe(70);
  expect(surplus).toBeGreaterThan(5);
  expect(await getDatabaseValue(db, scope, 'own')).toBe('x');
  const verdict = await verifyKeys(deps, scope, { source, prefixes, surplus });
  expect(verdict).toMatchObject({ surplus, passed: false });
  expect(verdict.different).toHaveLength(surplus);
  await deleteDatabaseValues(db, scope, 'large:');
}, 60_000);

test('on its way an import keeps the cache to its size; after a cut-off one all that had no room is still counted', async () => {
  const deps = createTestDeps(database);
  const { db, scope } = database;
  const large = 'x'.repeat(4 * 1024 * 1024);
  const keys = Array.from({ length: 25 }, (_none, n) => text(`large:${n}`, large, null));
  const complete = createSource(keys, 5);
  const sizes: number[] = [];
  const cutOff: KeySource = {
    ...complete,
    scan: async (cursor, limit) => {
      sizes.push((await countCacheValues(db, scope)).bytes);
      if (sizes.length === 5) throw new Error('Cut off');
      return await complete.scan(cursor, limit);
    },
  };
  await expect(importKeys(deps, scope, { source: cutOff, prefixes })).rejects.toThrow('Cut off');
  expect(Math.max(...sizes)).toBeLessThanOrEqual(CACHE_BYTES_MAX);
  const { read, surplus } = await importKeys(deps, scope, { source: complete, prefixes });
  expect(read).toBe(5);
  expect(surplus).toBeGreaterThanOrEqual(10);
  const verdict = await verifyKeys(deps, scope, { source: complete, prefixes, surplus });
  expect(verdict.different).toHaveLength(surplus);
  await deleteDatabaseValues(db, scope, 'large:');
}, 60_000);

test('what Upstash counts and nobody counts here is told of; what expires in a moment is not', async () => {
  const counted = (key: string, value: string, ttlMs = 3_600_000) => ({ key, type: 'string', ttlMs, value });
  const source = createSource([
    counted('@upstash/ratelimit:ann:29384755', '9'),
    counted('@upstash/ratelimit:ann:29384756', '3'),
    counted('@upstash/ratelimit:bob:29384756', '7'),
    counted('@upstash/ratelimit:cat:29384756', '7', 5_000),
    { key: 'motto', type: 'string', ttlMs: null, value: 'Festina lente' },
  ]);
  const deps = createTestDeps(database);
  await importKeys(deps, database.scope, { source, prefixes });
  const verify = async () => await verifyKeys(deps, database.scope, { source, prefixes, surplus: 0 });
  expect(await verify()).toMatchObject({ sampled: 4, different: [], passed: true });
  await resetRateLimit(database.db, database.scope, 'bob');
  await resetRateLimit(database.db, database.scope, 'cat');
  expect(await verify()).toMatchObject({ sampled: 4, different: ['bob'], passed: false });
});
