import type { Principal } from '@twin/core/principal';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import type { Auth } from '../adapters/better-auth.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Visitors } from './visitors.ts';

/**
 * Who is calling: null when the request proves nothing. The one place where a principal comes from. With `fromMemory` only API
 * keys count that were proven here before.
 */
export type Authenticate = (request: Request, options?: { fromMemory?: boolean }) => Promise<Principal | null>;

const labelCharactersMax = 100;

/** Every principal acts in the one twin that an installation has so far. */
export const installationScope = mintTwinScope(LOCAL_TWIN_ID);

/**
 * On a loopback address (`proof` undefined) everyone who reaches the server is the owner. Elsewhere an
 * `Authorization` header is believed or refused on its own, only without one the session cookie counts, and only without
 * a session the cookie of a visitor, which no label goes with.
 * No other header widens or changes what a request may do.
 */
export function createAuthenticate(
  proof: { auth: Auth; apiKeys: ApiKeys; visitors: Visitors } | undefined,
): Authenticate {
  const scope = installationScope;
  return async (request, options) => {
    const label = claimedLabel(request);
    if (proof === undefined) {
      return { kind: 'owner', scope, userId: 'local', label: label ?? 'owner' };
    }
    const authorization = request.headers.get('authorization');
    if (authorization !== null) {
      const [, sent] = /^Bearer ([\w-]{20,200})$/i.exec(authorization) ?? [];
      const key = sent === undefined ? null : await proof.apiKeys.find(sent, options);
      return key && { kind: 'api-key', scope, keyId: key.id, label: label ?? key.name ?? 'api key' };
    }
    const session = await proof.auth.api.getSession({ headers: request.headers });
    if (session !== null) return { kind: 'owner', scope, userId: session.user.id, label: label ?? 'owner' };
    return await proof.visitors.find(request);
  };
}

/** `x-user-id` says for whom a caller speaks. It subdivides what the caller may see anyway; it proves nothing. */
function claimedLabel(request: Request): string | undefined {
  const label = request.headers
    .get('x-user-id')
    ?.replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, labelCharactersMax);
  return label === '' ? undefined : label;
}
