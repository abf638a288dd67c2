import { createServer } from 'node:net';
import { ConfigurationError } from '../configuration-error.ts';
import { listenProblemOf } from './listen.ts';

/**
 * Finds out whether the address is free before anything slow or lasting is done. Another program may still take it
 * meanwhile; then listening itself says so.
 *
 * @throws ConfigurationError when the address cannot be listened on.
 */
export async function assertCanListen({ host, port }: { host: string; port: number }): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', reject).listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    throw new ConfigurationError([listenProblemOf(error, host, port)], error);
  }
  await new Promise((closed) => probe.close(closed));
}
