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

/** Upstash Redis with these keys, all of them on one page and in every sample. */
function createSource(keys: readonly SourceKey[]): KeySource {
  const names = keys.map(({ key }) => key);
  return {
    name: 'redis.example',
    countKeys: () => Promise.resolve(keys.length),
    scan: () => Promise.resolve({ keys: names, nextCursor: '0' }),
    read: (asked) => Promise.resolve(keys.filter(({ key }) => asked.includes(key))),
    sampleKeys: () => Promise.resolve(names),
  };
}

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
  const verify = async () => await verifyKeys(deps, database.scope, { source, prefixes });
  expect(await verify()).toMatchObject({ sampled: 4, different: [], passed: true });
  await resetRateLimit(database.db, database.scope, 'bob');
  await resetRateLimit(database.db, database.scope, 'cat');
  expect(await verify()).toMatchObject({ sampled: 4, different: ['bob'], passed: false });
});
