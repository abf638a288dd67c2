import type { Principal } from '@twin/core/principal';
import { isRefusedFromMemory } from '@twin/core/rate-limit/is-refused-from-memory';
import type { Context } from 'hono';
import { installationScope } from '../auth/authenticate.ts';
import { countAgainst } from '../rest/count-against.ts';
import { countedAddress } from './client-address.ts';
import type { HttpEnv } from './http-env.ts';
import type { ServerParts } from './server-parts.ts';

/**
 * Who is calling; null when the request proves nothing, which is counted by address. An address that has used up its limit
 * is refused without a query: from it, only keys that were proven here before and signed sessions count.
 *
 * @throws AppError `rate-limited`.
 */
export async function identify(c: Context<HttpEnv>, parts: ServerParts): Promise<Principal | null> {
  const { access, deps } = parts;
  if (access.kind === 'local') return await access.authenticate(c.req.raw);
  const caller = { principal: null, address: countedAddress(c.get('ip')) };
  const isRefused = isRefusedFromMemory(deps, installationScope, 'unproven', caller);
  const principal = await access.authenticate(c.req.raw, { fromMemory: isRefused });
  if (principal !== null) return principal;
  await countAgainst(c, parts, 'unproven', { scope: installationScope, principal: null });
  // A call has flowed back since: it is spent on a whole look.
  return isRefused ? await access.authenticate(c.req.raw) : null;
}
