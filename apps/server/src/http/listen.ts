import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { isLoopbackHost } from '../auth/loopback.ts';
import { ConfigurationError, type ConfigurationProblem } from '../configuration-error.ts';
import { bodyMsMax } from './answer-late-bodies.ts';
import type { HttpEnv } from './http-env.ts';
import { limitRequestTime } from './limit-request-time.ts';

export interface Listening {
  /** As a person types it, e.g. `http://localhost:3000`. */
  url: string;
  port: number;
  /** Takes no further connections, and ends those that are idle. Resolves when the last one has ended. */
  stopAccepting(): Promise<void>;
  /** Ends every connection, whatever it is doing. */
  closeAllConnections(): void;
}

/** A socket that sends its headers slowly is cut after these; Node looks for such sockets every `checkMs`. */
const headersMsMax = 15_000;
const checkMs = 5_000;
/** For bodies that nobody waits for any more: those that are waited for have been answered by then. */
const requestMsMax = bodyMsMax + 10_000;

/** @throws ConfigurationError when the address cannot be listened on. */
export async function listen(app: Hono<HttpEnv>, address: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: headersMsMax,
      // It would also cut uploads that go on arriving.
      requestTimeout: 0,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: 10_000,
    },
  }) as Server;
  server.maxConnections = 2000;
  limitRequestTime(server, requestMsMax);
  await bind(server, address);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${isLoopbackHost(address.host) ? 'localhost' : bracketed(address.host)}:${port}`,
    port,
    stopAccepting: () => new Promise((resolve) => void server.close(() => resolve())),
    closeAllConnections: () => server.closeAllConnections(),
  };
}

async function bind(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    throw new ConfigurationError([listenProblemOf(error, host, port)], error);
  } finally {
    server.off('error', reject);
  }
}

/** Why an address cannot be listened on, and what to do. */
export function listenProblemOf(error: unknown, host: string, port: number): ConfigurationProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  switch (code) {
    case 'EADDRINUSE':
      return {
        name: 'PORT',
        reason: `port ${port} is used by another program`,
        nextStep: `End that program, or choose another port: PORT=${port + 1} npm start`,
      };
    case 'EACCES':
      return { name: 'PORT', reason: `port ${port} needs more rights than this user has`, nextStep: 'Use PORT=3000.' };
    default:
      return {
        name: 'HOST',
        reason: `cannot listen on ${host} (${code})`,
        nextStep: 'Use an address of this machine, for example HOST=127.0.0.1, or HOST=0.0.0.0 for all of them.',
      };
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
