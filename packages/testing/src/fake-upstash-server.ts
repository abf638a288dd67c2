import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRedis, type FakeRedis } from './fake-upstash-redis.ts';
import { answerVector, type FakeVectorIndex } from './fake-upstash-vector.ts';

/** What one request meets instead of its answer. `cut` breaks the connection in the middle of it. */
export type UpstashFault =
  | { kind: 'status'; status: number; retryAfter?: string }
  | { kind: 'cut' }
  | { kind: 'silence' };

export interface FakeUpstashServer {
  /** What `UPSTASH_VECTOR_REST_URL` and `UPSTASH_REDIS_REST_URL` take. */
  vectorUrl: string;
  redisUrl: string;
  token: string;
  vectors: FakeVectorIndex;
  redis: FakeRedis;
  /** Each meets one request, in order. */
  enqueue(...faults: UpstashFault[]): void;
  /** Called with the first path segment before each request is answered; the answer waits for it. */
  beforeAnswer: (operation: string) => Promise<void> | void;
  /** Every operation so far, e.g. `range` or `scan`, oldest first; those that met a fault too. */
  operations: string[];
  /** Operations that would have changed something. All are refused. */
  writes: string[];
  close(): Promise<void>;
}

const token = 'upstash-test-token';

/** Speaks the REST protocols of Upstash Vector and Upstash Redis on loopback, as far as reading goes, with scripted faults. */
export async function startFakeUpstashServer(content: {
  vectors?: FakeVectorIndex;
  redis?: FakeRedis;
}): Promise<FakeUpstashServer> {
  const faults: UpstashFault[] = [];
  const fake: FakeUpstashServer = {
    vectorUrl: '',
    redisUrl: '',
    token,
    vectors: content.vectors ?? { dimension: 0, namespaces: new Map() },
    redis: content.redis ?? new Map(),
    enqueue: (...added) => void faults.push(...added),
    beforeAnswer: () => undefined,
    operations: [],
    writes: [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, home = '', ...path] = (request.url ?? '').split('/').map(decodeURIComponent);
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (request.headers.authorization !== `Bearer ${token}`) return send(response, 401, { error: 'Unauthorized' });
    const operation = home === 'vector' ? (path[0] ?? '') : operationOf(path, body);
    fake.operations.push(operation);
    await fake.beforeAnswer(operation);
    const fault = faults.shift();
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'status') {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      return send(response, fault.status, { error: 'Try again later' });
    }
    const answer =
      home === 'vector' ? answerVector(fake.vectors, path, body) : answerRedis(fake.redis, path, body as unknown[]);
    if (answer === undefined) {
      fake.writes.push(operation);
      return send(response, 400, { error: `This server only reads: ${operation}` });
    }
    const whole = JSON.stringify(answer);
    if (fault?.kind !== 'cut') return send(response, 200, answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.vectorUrl = `${origin}/vector`;
  fake.redisUrl = `${origin}/redis`;
  return fake;
}

function operationOf(path: string[], body: unknown): string {
  const command: unknown = path[0] === 'pipeline' && Array.isArray(body) ? body[0] : body;
  return Array.isArray(command) ? String(command[0]).toLowerCase() : path.join('/');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
