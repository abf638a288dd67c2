export interface FakeRedisValue {
  value: string | Record<string, string> | string[];
  /** Milliseconds since the epoch; absent for one that never expires. */
  expiresAt?: number;
}

export type FakeRedis = Map<string, FakeRedisValue>;

interface Answer {
  result: unknown;
}

/** Upstash Redis' answer to one command or a pipeline; undefined when one of them would write. */
export function answerRedis(redis: FakeRedis, path: string[], body: unknown[]): Answer | Answer[] | undefined {
  if (path[0] !== 'pipeline') return answerCommand(redis, body);
  const answers = body.map((command) => answerCommand(redis, command as unknown[]));
  return answers.every((answer) => answer !== undefined) ? answers : undefined;
}

function answerCommand(redis: FakeRedis, [name, ...given]: unknown[]): Answer | undefined {
  const [first = ''] = given.map(String);
  const found = redis.get(first);
  switch (String(name).toLowerCase()) {
    case 'dbsize':
      return { result: redis.size };
    case 'scan':
      return { result: scan(redis, given.map(String)) };
    case 'type':
      return { result: found === undefined ? 'none' : typeOf(found) };
    case 'pttl':
      return { result: found === undefined ? -2 : found.expiresAt === undefined ? -1 : found.expiresAt - Date.now() };
    case 'get':
      return { result: found?.value ?? null };
    case 'hgetall':
      return { result: Object.entries(found?.value ?? {}).flat() };
    case 'randomkey':
      return { result: [...redis.keys()][Math.floor(Math.random() * redis.size)] ?? null };
    default:
      return undefined;
  }
}

/** Each page also holds the last key of the page before: SCAN may give a key more than once. */
function scan(redis: FakeRedis, given: string[]): [string, string[]] {
  const start = Number(given[0]);
  const end = start + Number(given[given.indexOf('count') + 1] ?? 10);
  const keys = [...redis.keys()];
  return [end < keys.length ? String(end) : '0', keys.slice(Math.max(0, start - 1), end)];
}

function typeOf({ value }: FakeRedisValue): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'string' : 'hash';
}
