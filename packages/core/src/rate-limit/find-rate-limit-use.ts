import { findBucketUse } from '@twin/db/queries/rate-buckets';
import { getRateLimitCount } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { isRateLimitPolicy, type RateLimitPolicyName } from './policies.ts';
import { toCounter } from './to-counter.ts';

export interface KeyUse {
  key: string;
  /** Null for a key of code that calls `checkRateLimit` itself, which alone knows its limit. */
  policy: RateLimitPolicyName | null;
  /** Calls used that are not free again. */
  count: number;
  limit: number | null;
}

/** What one key has used: also one for which the list of the nearest has no room, or of no policy at all. */
export async function findRateLimitUse(
  { db, ratePolicies }: Pick<Deps, 'db' | 'ratePolicies'>,
  scope: TwinScope,
  key: string,
): Promise<KeyUse> {
  const [policy = ''] = key.split(':', 1);
  if (!isRateLimitPolicy(policy)) {
    return { key, policy: null, count: await getRateLimitCount(db, scope, key), limit: null };
  }
  const counter = toCounter((await ratePolicies.inForce(scope))[policy], key);
  if (counter.table === 'rate_limits') {
    const { limit } = counter;
    // More than the limit where the owner has lowered it since.
    return { key, policy, count: Math.min(limit, await getRateLimitCount(db, scope, key)), limit };
  }
  const { burst, intervalMicros } = counter;
  const fullMicros = await findBucketUse(db, scope, counter);
  return { key, policy, count: Math.min(burst, Math.ceil(fullMicros / intervalMicros)), limit: burst };
}
