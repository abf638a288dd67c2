import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { type Auth, createAccountMaker, createAuth } from '../adapters/better-auth.ts';
import type { Env } from '../env.ts';
import { createApiKeys } from './api-keys.ts';
import { loadAuthSecret } from './auth-secret.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { isLoopbackHost } from './loopback.ts';
import { createOwnerClaim, type OwnerClaim } from './owner-claim.ts';

/** Who may use this server. `local` needs no account; `owner` is closed to everyone without a session or an API key. */
export type Access =
  | { kind: 'local'; authenticate: Authenticate }
  | { kind: 'owner'; authenticate: Authenticate; auth: Auth; ownerClaim: OwnerClaim };

/**
 * Decides by where the server can be reached from: the address it listens on, and the names it is told to go by.
 * @throws ConfigurationError when it would listen beyond this machine without a way to have an owner.
 */
export async function openAccess(env: Env, db: Db, logger: Logger): Promise<Access> {
  if (isForThisMachineAlone(env)) {
    return { kind: 'local', authenticate: createAuthenticate(undefined) };
  }
  const secret = await loadAuthSecret(env);
  const apiKeys = createApiKeys(db);
  const onApiKeysChanged = () => apiKeys.forget();
  const options = {
    db,
    secret,
    logger,
    onApiKeysChanged,
    publicOrigin: env.publicOrigin ?? `http://${env.host}:${env.port}`,
  };
  const auth = createAuth(options);
  const ownerClaim = await createOwnerClaim(db, auth, createAccountMaker(options));
  return { kind: 'owner', authenticate: createAuthenticate({ auth, apiKeys }), auth, ownerClaim };
}

/** A name beyond this machine means a proxy in front of the loopback address: whoever comes through it is not local. */
function isForThisMachineAlone({ host, trustedOrigins }: Env): boolean {
  return isLoopbackHost(host) && trustedOrigins.every((origin) => isLoopbackHost(new URL(origin).hostname));
}
