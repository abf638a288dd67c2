import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import type { Env } from '../env.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { isLoopbackHost } from './loopback.ts';
import type { OwnerAccess } from './owner-access.ts';

/** Who may use this server. `local` needs no account; `owner` is closed to everyone without a session or an API key. */
export type Access = { kind: 'local'; authenticate: Authenticate } | OwnerAccess;

/**
 * Decides by where the server can be reached from: the address it listens on, and the names it is told to go by.
 * @throws ConfigurationError when it would listen beyond this machine without a way to have an owner.
 */
export async function openAccess(env: Env, db: Db, logger: Logger): Promise<Access> {
  if (isForThisMachineAlone(env)) {
    return { kind: 'local', authenticate: createAuthenticate(undefined) };
  }
  // The sign-in library is 300 of a server's 1,650 modules, which one without accounts never needs.
  const { openOwnerAccess } = await import('./owner-access.ts');
  return await openOwnerAccess(env, db, logger);
}

/** A name beyond this machine means a proxy in front of the loopback address: whoever comes through it is not local. */
export function isForThisMachineAlone({ host, trustedOrigins }: Env): boolean {
  return isLoopbackHost(host) && trustedOrigins.every((origin) => isLoopbackHost(new URL(origin).hostname));
}
