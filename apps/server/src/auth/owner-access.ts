import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { type Auth, createAccountMaker, createAuth } from '../adapters/better-auth.ts';
import type { Env } from '../env.ts';
import { answersToAnyName } from '../http/check-host.ts';
import { createApiKeys } from './api-keys.ts';
import { loadAuthSecret } from './auth-secret.ts';
import { type Authenticate, createAuthenticate, installationScope } from './authenticate.ts';
import { createOwnerClaim, type OwnerClaim } from './owner-claim.ts';
import { createVisitors, type Visitors } from './visitors.ts';

/** Closed to everyone without a session, an API key, or for what visitors may do a link of the owner's. */
export interface OwnerAccess {
  kind: 'owner';
  authenticate: Authenticate;
  auth: Auth;
  ownerClaim: OwnerClaim;
  visitors: Visitors;
}

/** @throws ConfigurationError when the secret that signs sessions is missing, short or well known. */
export async function openOwnerAccess(env: Env, db: Db, logger: Logger): Promise<OwnerAccess> {
  if (answersToAnyName(env)) {
    logger.warn({}, 'PUBLIC_URL is not set, so requests are taken under any name. Set it to the address people open.');
  }
  const secret = await loadAuthSecret(env);
  const apiKeys = createApiKeys(db);
  const onApiKeysChanged = () => apiKeys.forget();
  const publicOrigin = env.publicOrigin ?? `http://${env.host}:${env.port}`;
  const options = { db, secret, logger, onApiKeysChanged, publicOrigin };
  const auth = createAuth(options);
  const ownerClaim = await createOwnerClaim(db, auth, createAccountMaker(options));
  const secure = publicOrigin.startsWith('https://');
  const visitors = createVisitors({ db, scope: installationScope, secret, secure });
  const authenticate = createAuthenticate({ auth, apiKeys, visitors });
  return { kind: 'owner', authenticate, auth, ownerClaim, visitors };
}
