import { setTimeout as sleep } from 'node:timers/promises';
import { countCacheValues } from '@twin/db/queries/cache';
import { takeCacheLease } from '@twin/db/queries/cache-leases';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embedQuestionOnce } from '../retrieval/embed-question-once.ts';
import { silentLogger, testEmbedder } from '../testing/create-test-deps.ts';
import { cacheKeys } from './cache-keys.ts';
import { createCache } from './create-cache.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const anHour = { ttlSeconds: 3600 };

/** Two caches on one database stand for two processes: all they share is in the tables. */
function createPair() {
  return [createCache(database.db, silentLogger), createCache(database.db, silentLogger)] as const;
}

test('of many callers in two processes one computes, while the database stays free for others', async () => {
  const [here, there] = createPair();
  let computed = 0;
  const compute = async () => {
    computed += 1;
    // Would never end if a connection, the only one of an embedded database, were held.
    await countCacheValues(database.db, database.scope);
    await sleep(100);
    return 'value';
  };
  const calls = Array.from({ length: 10 }, () =>
    [here, there].map((cache) => cache.getOrCompute(database.scope, 'shared', anHour, compute)),
  );
  expect(new Set(await Promise.all(calls.flat()))).toEqual(new Set(['value']));
  expect(computed).toBe(1);
  expect(here.statistics().misses + there.statistics().misses).toBe(1);
  expect(here.statistics().hits + there.statistics().hits).toBe(19);
});

test('who computes for longer than a lease keeps it', async () => {
  const { db, scope } = database;
  const cache = createCache(db, silentLogger, { renewMs: 20 });
  const expiry = async () =>
    (await db.selectFrom('cache_lease').select('expires_at').where('key', '=', 'slow').executeTakeFirstOrThrow())
      .expires_at;
  await cache.getOrCompute(scope, 'slow', anHour, async () => {
    const first = await expiry();
    while ((await expiry()) <= first) await sleep(20);
    return 'value';
  });
  expect(await db.selectFrom('cache_lease').selectAll().where('key', '=', 'slow').execute()).toEqual([]);
});

test('a renewal that comes after the end of a lease does not bring it back', async () => {
  const { db, scope } = database;
  const sent = { statements: 0 };
  const counting = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      sent.statements += 1;
      return await Promise.resolve(result);
    },
  });
  const cache = createCache(counting, silentLogger, { renewMs: 20 });
  await cache.getOrCompute(scope, 'ended', anHour, async () => {
    await db.deleteFrom('cache_lease').where('key', '=', 'ended').execute();
    // Only renewals are sent meanwhile; the first of them may have begun before.
    const before = sent.statements;
    while (sent.statements < before + 2) await sleep(20);
    expect(await db.selectFrom('cache_lease').selectAll().where('key', '=', 'ended').execute()).toEqual([]);
    return 'value';
  });
});

test('a value is computed anew once its time is over', async () => {
  const [cache] = createPair();
  const get = (value: string) => cache.getOrCompute(database.scope, 'brief', anHour, () => Promise.resolve(value));
  expect([await get('one'), await get('two')]).toEqual(['one', 'one']);
  await sql`update database_cache set expires_at = expires_at - interval '1 h' where key = 'brief'`.execute(
    database.db,
  );
  expect(await get('three')).toBe('three');
});

test('a failure is not kept, and the next caller tries', async () => {
  const [here, there] = createPair();
  const fail = () => Promise.reject(new Error('model is away'));
  await expect(here.getOrCompute(database.scope, 'failing', anHour, fail)).rejects.toThrow('model is away');
  expect(await there.getOrCompute(database.scope, 'failing', anHour, () => Promise.resolve('back'))).toBe('back');
});

test('a value that was computed is given even when the cache cannot keep it, and the log says so', async () => {
  const state = { isAway: false };
  const leaving = database.db.withPlugin({
    transformQuery: ({ node }) => {
      if (state.isAway) throw new Error('the database is away');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const warned: string[] = [];
  const cache = createCache(leaving, { warn: (_fields, message) => void warned.push(message) });
  const compute = () => {
    state.isAway = true;
    return Promise.resolve('computed');
  };
  expect(await cache.getOrCompute(database.scope, 'unkept', anHour, compute)).toBe('computed');
  expect(warned).toEqual([expect.stringContaining('could not be kept'), expect.stringContaining('given back')]);
});

test('a value that was kept in a cache that could not be trimmed is there, and the log does not say otherwise', async () => {
  const { db, scope } = database;
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception $$refused$$; end'`.execute(
    db,
  );
  await sql`create trigger refuse before delete on database_cache for each row execute function refuse()`.execute(db);
  const warned: string[] = [];
  const cache = createCache(db, { warn: (_fields, message) => void warned.push(message) }, { bytesMax: 1 });
  expect(await cache.getOrCompute(scope, 'untrimmed', anHour, () => Promise.resolve('computed'))).toBe('computed');
  await sql`drop trigger refuse on database_cache`.execute(db);
  expect(warned).toEqual([expect.stringContaining('could not be trimmed')]);
  expect(await cache.find(scope, 'untrimmed')).toBe('computed');
});

test('who waits in the same process shares a failure, which is no hit; the next call tries anew', async () => {
  const { db, scope } = database;
  const cache = createCache(db, silentLogger);
  let computed = 0;
  const fail = async () => {
    computed += 1;
    await sleep(50);
    throw new Error('model is away');
  };
  const calls = await Promise.allSettled(
    [1, 2, 3].map(() => cache.getOrCompute(scope, 'shared-failure', anHour, fail)),
  );
  expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(computed).toBe(1);
  expect(cache.statistics()).toEqual({ hits: 0, misses: 1 });
  expect(await cache.getOrCompute(scope, 'shared-failure', anHour, () => Promise.resolve('back'))).toBe('back');
});

test('a process that died while computing holds nobody up for longer than its lease', async () => {
  const { db, scope } = database;
  const started = performance.now();
  expect(await takeCacheLease(db, scope, { key: 'orphaned', holder: 'dead', leaseSeconds: 0.5 })).toBe(true);
  const [cache] = createPair();
  expect(await cache.getOrCompute(scope, 'orphaned', anHour, () => Promise.resolve('mine'))).toBe('mine');
  expect(performance.now() - started).toBeGreaterThan(450);
});

test('a question that a killed process was embedding is embedded by the next, while it is waited for', async () => {
  const { db, scope } = database;
  // Of a process that is killed nothing comes any more: neither the vector nor a renewal.
  const killed = createCache(db, silentLogger, { renewMs: 3_600_000 });
  const embedder = { ...testEmbedder, provider: 'openai' as const };
  const key = cacheKeys.questionEmbedding(embedder, 'Who was killed?');
  void killed.getOrCompute(scope, key, anHour, () => new Promise<string>(() => undefined));
  await expect.poll(() => db.selectFrom('cache_lease').select('key').where('key', '=', key).execute()).toHaveLength(1);
  const next = { cache: createCache(db, silentLogger), embedder };
  const vector = await embedQuestionOnce(next, scope, 'Who was killed?', AbortSignal.timeout(8_000));
  expect(vector).toHaveLength(64);
});

test('the cache stays below its size, what expires first going first', async () => {
  const { db, scope } = database;
  const cache = createCache(db, silentLogger, { bytesMax: 5_000 });
  const value = 'x'.repeat(1_000);
  for (let entry = 0; entry < 10; entry += 1) {
    await cache.getOrCompute(scope, `large-${entry}`, { ttlSeconds: 7_200 + entry }, () => Promise.resolve(value));
  }
  expect((await countCacheValues(db, scope)).bytes).toBeLessThanOrEqual(5_000);
  const before = cache.statistics().misses;
  await cache.getOrCompute(scope, 'large-9', anHour, () => Promise.resolve(value));
  expect(cache.statistics().misses).toBe(before);
  await cache.getOrCompute(scope, 'large-0', anHour, () => Promise.resolve(value));
  expect(cache.statistics().misses).toBe(before + 1);
});

test('a remote model is asked once for a repeated question, and again for another model', async () => {
  const cache = createCache(database.db, silentLogger);
  let calls = 0;
  const remote = (modelName: string) => ({
    ...testEmbedder,
    provider: 'openai' as const,
    modelName,
    embed: (texts: readonly string[], purpose: 'passage' | 'question') => {
      calls += 1;
      return testEmbedder.embed(texts, purpose);
    },
  });
  const ask = async (modelName: string) =>
    await embedQuestionOnce(
      { cache, embedder: remote(modelName) },
      database.scope,
      'Who dances?',
      AbortSignal.timeout(5_000),
    );
  const first = await ask('a');
  expect(await ask('a')).toEqual(first);
  expect(calls).toBe(1);
  await ask('b');
  expect(calls).toBe(2);
});

test('whoever stops waiting for a vector does not take it from the others', async () => {
  const cache = createCache(database.db, silentLogger);
  const embedder = {
    ...testEmbedder,
    provider: 'openai' as const,
    embed: async (texts: readonly string[], purpose: 'passage' | 'question', signal?: AbortSignal) => {
      await sleep(200);
      signal?.throwIfAborted();
      return await testEmbedder.embed(texts, purpose);
    },
  };
  const ask = (signal: AbortSignal) => embedQuestionOnce({ cache, embedder }, database.scope, 'Who leaves?', signal);
  const [left, stayed] = await Promise.allSettled([ask(AbortSignal.timeout(50)), ask(AbortSignal.timeout(60_000))]);
  expect(left.status).toBe('rejected');
  expect(stayed.status).toBe('fulfilled');
});

test('keys differ wherever what they stand for differs, and do not show it', () => {
  const model = { provider: 'openai', modelName: 'a', dimensions: 3 };
  const key = cacheKeys.questionEmbedding(model, 'secret question');
  expect(key).not.toContain('secret');
  const others = [{ provider: 'x' }, { modelName: 'b' }, { dimensions: 4 }].map((change) =>
    cacheKeys.questionEmbedding({ ...model, ...change }, 'secret question'),
  );
  expect(new Set([key, ...others, cacheKeys.questionEmbedding(model, 'other')]).size).toBe(5);
});
