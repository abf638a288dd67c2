import type { TestDatabase } from '@twin/db/testing/create-test-database';
import type { Redis } from 'ioredis';
import { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible';
import { startRedis } from './start-redis.ts';
import type { Case } from './take-turns.ts';

interface OtherLimiters {
  alone: Case[];
  crowded: Case[];
  /** Undefined where there is none. */
  redisVersion: string | undefined;
  close(): Promise<void>;
}

/** The usual fixed window: count, and start the clock with the first call. */
const fixedWindow = `local used = redis.call('incr', KEYS[1])
if used == 1 then redis.call('pexpire', KEYS[1], ARGV[2]) end
return { used <= tonumber(ARGV[1]) and 1 or 0, redis.call('pttl', KEYS[1]) }`;

const windowSeconds = 600;

/** What people use for the same: rate-limiter-flexible in the same database, and with a Redis also there, beside plain Lua. */
export async function openOtherLimiters(database: TestDatabase): Promise<OtherLimiters> {
  if (database.jobsConnection.kind !== 'connection-string') throw new Error('This bench needs a Postgres server');
  const pool = new Pool({ connectionString: database.jobsConnection.connectionString, max: 20 });
  const flexible = await createFlexiblePostgres(pool);
  const alone: Case[] = [
    { name: 'rate-limiter-flexible, Postgres, distinct keys', call: (n) => flexible.consume(`distinct-${n}`) },
    { name: 'rate-limiter-flexible, Postgres, one key', call: () => flexible.consume('one') },
  ];
  const crowded: Case[] = [
    { name: '200 clients, one key: rate-limiter-flexible, Postgres', call: () => flexible.consume('hot') },
  ];
  const redis = await startRedis();
  if (redis !== undefined) addRedis(redis.client, alone, crowded);
  return {
    alone,
    crowded,
    redisVersion: redis?.version,
    close: async () => {
      await pool.end();
      await redis?.stop();
    },
  };
}

async function createFlexiblePostgres(storeClient: Pool): Promise<RateLimiterPostgres> {
  return await new Promise((resolve, reject) => {
    const options = { storeClient, points: 1_000_000, duration: windowSeconds, tableName: 'rate_limiter_flexible' };
    const limiter = new RateLimiterPostgres(options, (error?: Error) => {
      if (error === undefined) resolve(limiter);
      else reject(error);
    });
  });
}

function addRedis(redis: Redis, alone: Case[], crowded: Case[]): void {
  const flexible = new RateLimiterRedis({
    storeClient: redis,
    points: 1_000_000,
    duration: windowSeconds,
    keyPrefix: 'twin-bench:flexible',
  });
  redis.defineCommand('twinBenchWindow', { numberOfKeys: 1, lua: fixedWindow });
  const count = async (key: string) =>
    await (redis as unknown as { twinBenchWindow(...input: (string | number)[]): Promise<unknown> }).twinBenchWindow(
      `twin-bench:${key}`,
      1_000_000,
      windowSeconds * 1000,
    );
  alone.push(
    { name: 'Redis, Lua fixed window, distinct keys', call: (n) => count(`distinct-${n}`) },
    { name: 'Redis, Lua fixed window, one key', call: () => count('one') },
    { name: 'rate-limiter-flexible, Redis, one key', call: () => flexible.consume('one') },
  );
  crowded.push(
    { name: '200 clients, one key: Redis, Lua fixed window', call: () => count('hot') },
    { name: '200 clients, one key: rate-limiter-flexible, Redis', call: () => flexible.consume('hot') },
  );
}
