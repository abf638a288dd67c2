import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { Redis } from 'ioredis';

export interface StartedRedis {
  client: Redis;
  /** As it names itself, e.g. `7.0.15`. */
  version: string;
  stop(): Promise<void>;
}

/**
 * A Redis of its own on the loopback interface, in memory alone: it writes nothing to a disk, so it is as fast as it gets.
 * Undefined, with a line on stderr, where there is no `redis-server`.
 */
export async function startRedis(): Promise<StartedRedis | undefined> {
  const port = await findFreePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  try {
    await once(server, 'spawn');
  } catch {
    process.stderr.write('Redis is left out: there is no redis-server. On Debian: apt-get install redis-server\n');
    return undefined;
  }
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 100 });
  client.on('error', () => undefined);
  const [, version = 'of an unknown version'] = /redis_version:(\S+)/.exec(await client.info('server')) ?? [];
  return {
    client,
    version,
    stop: async () => {
      client.disconnect();
      server.kill();
      await once(server, 'exit');
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('A server on a port has no port');
  return address.port;
}
