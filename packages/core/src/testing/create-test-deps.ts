import { EventEmitter } from 'node:events';
import type { TestDatabase } from '@twin/db/testing/create-test-database';
import { bagOfWordsVector } from '@twin/testing/bag-of-words-vector';
import { createCache } from '../cache/create-cache.ts';
import type { Deps } from '../deps.ts';
import type { Announcements, Embedder, JobQueue, Logger } from '../ports.ts';
import { createRateGate } from '../rate-limit/rate-gate.ts';
import { createRatePolicies } from '../rate-limit/rate-policies.ts';
import { createSlots } from '../slots.ts';
import { createWatchPlaces } from '../visitors/watch-places.ts';

/** Deps on a real database, with words for meaning, no chat model and nothing that reads files or runs jobs. */
export function createTestDeps(database: Pick<TestDatabase, 'db' | 'home'>, overrides: Partial<Deps> = {}): Deps {
  const rateGate = createRateGate(database.db);
  return {
    code: 'tested',
    db: database.db,
    databaseHome: database.home,
    rateGate,
    ratePolicies: createRatePolicies(database.db, rateGate),
    cache: createCache(database.db, silentLogger),
    searchSlots: createSlots(4),
    watchPlaces: createWatchPlaces(),
    embedder: testEmbedder,
    chatModel: undefined,
    reader: { read: () => Promise.reject(new Error('This test reads no files')) },
    pages: { draw: () => Promise.reject(new Error('This test draws no pages')) },
    webPages: { fetch: () => Promise.reject(new Error('This test fetches no pages')) },
    jobs: noJobs,
    announcements: createTestAnnouncements(),
    clock: { now: () => Date.now() },
    logger: silentLogger,
    ...overrides,
  };
}

export const testEmbedder: Embedder = {
  provider: 'builtin',
  modelName: 'bag-of-words',
  dimensions: 64,
  batchMax: 1_000,
  searchWeight: 0.3,
  embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from(bagOfWordsVector(text, 64)))),
};

const noJobs: JobQueue = {
  enqueueIngestion: () => Promise.reject(new Error('This test runs no jobs')),
  ingestUnlocked: () => undefined,
  enqueueErasure: () => Promise.resolve(),
  enqueueEvaluation: () => Promise.reject(new Error('This test runs no jobs')),
  enqueueModelChange: () => Promise.reject(new Error('This test runs no jobs')),
  removeIngestions: () => Promise.resolve(),
};

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function createTestAnnouncements(): Announcements {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic: string) => void emitter.emit(topic),
    subscribe(topic, listener) {
      emitter.on(topic, listener);
      return () => void emitter.off(topic, listener);
    },
  };
}
