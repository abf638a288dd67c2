import type { KeySource, SourceKey } from '@twin/core/upstash/sources';
import { Redis } from '@upstash/redis';
import { createUpstashRequester, type UpstashRequesterOptions } from './upstash-requester.ts';

const readCommands = new Set(['scan', 'type', 'pttl', 'get', 'hgetall', 'dbsize', 'randomkey']);

/** The SDK with values as they are, not parsed, on our requester. */
class ReadOnlyRedis extends Redis {
  constructor(options: { url: string; token: string }, requester: ReturnType<typeof createUpstashRequester>) {
    super({ ...options, automaticDeserialization: false, enableAutoPipelining: false, enableTelemetry: false });
    this.client = requester;
  }
}

/** An Upstash Redis database through its SDK, behind a requester that lets nothing but reads through. */
export function createUpstashKeySource(options: Pick<UpstashRequesterOptions, 'url' | 'token' | 'onWait'>): KeySource {
  const requester = createUpstashRequester({
    ...options,
    variables: { url: 'UPSTASH_REDIS_REST_URL', token: 'UPSTASH_REDIS_REST_TOKEN' },
    isRead: ({ path, body }) => commandsOf(path, body).every((command) => readCommands.has(command)),
  });
  const redis = new ReadOnlyRedis(options, requester);
  return {
    name: new URL(options.url).host,
    countKeys: async () => await redis.dbsize(),
    async scan(cursor, limit) {
      const [nextCursor, keys] = await redis.scan(cursor, { count: limit });
      return { keys, nextCursor };
    },
    read: async (keys) => await readKeys(redis, keys),
    async sampleKeys(count) {
      const pipeline = redis.pipeline();
      for (let index = 0; index < count; index += 1) pipeline.randomkey();
      const keys = await pipeline.exec<(string | null)[]>();
      return keys.filter((key) => key !== null);
    },
  };
}

/** The names of the commands of a request, lower case. A path of its own means many at once. */
function commandsOf(path: string[], body: unknown): string[] {
  const commands: unknown[] =
    path[0] === 'pipeline' && Array.isArray(body) ? body : path.length === 0 ? [body] : [undefined];
  return commands.map((command) => (Array.isArray(command) ? String(command[0]).toLowerCase() : ''));
}

async function readKeys(redis: Redis, keys: readonly string[]): Promise<SourceKey[]> {
  if (keys.length === 0) return [];
  const facts = redis.pipeline();
  for (const key of keys) facts.type(key).pttl(key);
  const answers = await facts.exec<(string | number)[]>();
  const described = keys.map((key, index) => {
    const ttlMs = Number(answers[2 * index + 1]);
    return { key, type: String(answers[2 * index]), ttlMs: ttlMs === -1 ? null : ttlMs };
  });
  // Gone since they were listed, or just about to be.
  const present = described.filter(({ type, ttlMs }) => type !== 'none' && (ttlMs === null || ttlMs > 0));
  const valued = present.filter(({ type }) => type === 'string' || type === 'hash');
  const values = new Map<string, SourceKey['value']>();
  if (valued.length > 0) {
    const reads = redis.pipeline();
    for (const { key, type } of valued) {
      if (type === 'string') reads.get(key);
      else reads.hgetall(key);
    }
    const found = await reads.exec<unknown[]>();
    for (const [index, { key }] of valued.entries()) values.set(key, toValue(found[index]));
  }
  return present.map((key) => ({ ...key, value: values.get(key.key) ?? null }));
}

/** A string as it is; a hash, which comes as a list of names and values, as an object. */
function toValue(found: unknown): SourceKey['value'] {
  if (!Array.isArray(found)) return typeof found === 'string' ? found : null;
  const parts = found.map(String);
  return Object.fromEntries(
    Array.from({ length: parts.length / 2 }, (_none, index) => [parts[2 * index] ?? '', parts[2 * index + 1] ?? '']),
  );
}
