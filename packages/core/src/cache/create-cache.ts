import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@twin/db/db';
import { CACHE_BYTES_MAX, getDatabaseValue, setDatabaseValue, trimCache } from '@twin/db/queries/cache';
import { deleteCacheLease, renewCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import type { TwinScope } from '@twin/db/scope';
import type { Logger } from '../ports.ts';

/** Of how many lookups a value spared the work. Those that only look after the product are left out. */
export interface CacheStatistics {
  /** Lookups that found a value, or waited for one that another caller computed. */
  hits: number;
  /** Lookups that computed it. */
  misses: number;
}

export interface ComputeOptions {
  ttlSeconds: number;
  /** Whether the statistics count the lookup, as they do unless told otherwise: Admin, which shows them, would show itself. */
  isCounted?: boolean;
}

/** Values that cost something to compute, kept in the database for all processes. */
export interface Cache {
  /**
   * The value kept under `key`, or what `compute` gives, kept for `ttlSeconds`. Of many callers at once, in any number of
   * processes, one computes and the others wait for it. What `compute` throws is not kept, and thrown to it and to those
   * of its process who wait: of a model that is away they would else wait for one timeout each. Other processes then try
   * themselves. No connection is held meanwhile. A value that was computed is given even when it cannot be kept.
   */
  getOrCompute(scope: TwinScope, key: string, options: ComputeOptions, compute: () => Promise<string>): Promise<string>;
  /** The value kept under `key`, for those who cannot wait for another one's computation. */
  find(scope: TwinScope, key: string): Promise<string | undefined>;
  keep(scope: TwinScope, key: string, entry: { value: string; ttlSeconds: number }): Promise<void>;
  /** Of this process, since it started. */
  statistics(): CacheStatistics;
}

/**
 * Who computes says so again three times within this; then its process is taken for dead. Less than a question waits for its
 * vector: one that a killed process was embedding is embedded by the next that asks.
 */
const leaseSeconds = 5;
const renewEveryMs = (leaseSeconds * 1000) / 3;
const pollMsMin = 20;
const pollMsMax = 500;
/** A process looks at the size when it has added this share of the limit: all together exceed it by no more than that each. */
const addedShareMax = 1 / 16;

/** The last parameter is replaced by tests. */
export function createCache(
  db: Db,
  logger: Pick<Logger, 'warn'>,
  { bytesMax = CACHE_BYTES_MAX, renewMs = renewEveryMs }: { bytesMax?: number; renewMs?: number } = {},
): Cache {
  const underWay = new Map<string, Promise<string>>();
  const counts: CacheStatistics = { hits: 0, misses: 0 };
  let addedBytes = 0;

  function count(outcome: keyof CacheStatistics, isCounted = true): void {
    if (isCounted) counts[outcome] += 1;
  }

  async function keep(scope: TwinScope, key: string, value: string, ttlSeconds: number): Promise<void> {
    await setDatabaseValue(db, scope, { key, value, ttlSeconds });
    addedBytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (addedBytes < bytesMax * addedShareMax) return;
    addedBytes = 0;
    await trimCache(db, scope, bytesMax).catch((error: unknown) => {
      logger.warn({ error }, 'the cache could not be trimmed to its size; it is once as much again has been added');
    });
  }

  async function findOrCompute(
    scope: TwinScope,
    key: string,
    { ttlSeconds, isCounted = true }: ComputeOptions,
    compute: () => Promise<string>,
  ): Promise<string> {
    const holder = randomUUID();
    for (let pollMs = pollMsMin; ; pollMs = Math.min(pollMs * 2, pollMsMax)) {
      const kept = await getDatabaseValue(db, scope, key);
      if (kept !== undefined) {
        count('hits', isCounted);
        return kept;
      }
      if (await takeCacheLease(db, scope, { key, holder, leaseSeconds })) break;
      await sleep(pollMs);
    }
    // A renewal that fails leaves the lease as it is: the next one comes before it runs out.
    const renewal = setInterval(() => {
      renewCacheLease(db, scope, { key, holder, leaseSeconds }).catch(() => undefined);
    }, renewMs).unref();
    try {
      // Between the look and the lease another process may have finished.
      const kept = await getDatabaseValue(db, scope, key);
      if (kept !== undefined) {
        count('hits', isCounted);
        return kept;
      }
      count('misses', isCounted);
      const value = await compute();
      await keep(scope, key, value, ttlSeconds).catch((error: unknown) => {
        logger.warn({ error }, 'a computed value could not be kept; it is computed again next time');
      });
      return value;
    } finally {
      clearInterval(renewal);
      await deleteCacheLease(db, scope, { key, holder }).catch((error: unknown) => {
        logger.warn({ error, leaseSeconds }, 'the lease of a computed value could not be given back; it runs out');
      });
    }
  }

  return {
    async getOrCompute(scope, key, options, compute) {
      const id = `${scope.twinId}:${key}`;
      const shared = underWay.get(id);
      if (shared !== undefined) {
        const value = await shared;
        count('hits', options.isCounted);
        return value;
      }
      const started = findOrCompute(scope, key, options, compute).finally(() => underWay.delete(id));
      underWay.set(id, started);
      return await started;
    },
    async find(scope, key) {
      const kept = await getDatabaseValue(db, scope, key);
      count(kept === undefined ? 'misses' : 'hits');
      return kept;
    },
    keep: (scope, key, { value, ttlSeconds }) => keep(scope, key, value, ttlSeconds),
    statistics: () => ({ ...counts }),
  };
}
