import { enforceRateLimit, rateLimitHeaders } from '@twin/api/enforce-rate-limit';
import type { Principal } from '@twin/core/principal';
import type { RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import type { TwinScope } from '@twin/db/scope';
import type { Context } from 'hono';
import { countedAddress } from '../http/client-address.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';

/**
 * Counts one request against the policies of a door and tells the caller in headers, whatever comes of it.
 * @throws AppError `rate-limited`.
 */
export async function countAgainst(
  c: Context<HttpEnv>,
  { deps }: ServerParts,
  door: RateLimitDoor,
  { scope, principal }: { scope: TwinScope; principal: Principal | null },
): Promise<void> {
  const rateLimits: RateLimitDecision[] = [];
  try {
    await enforceRateLimit({ deps, scope, principal, address: countedAddress(c.get('ip')), rateLimits }, door);
  } finally {
    for (const [name, value] of Object.entries(rateLimitHeaders(rateLimits))) {
      c.header(name, value);
    }
  }
}
