import { listBuckets } from '@twin/db/queries/rate-buckets';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicyName, rateLimitPolicyNames } from './policies.ts';
import { toBucket } from './to-bucket.ts';

export interface RateLimitUse {
  key: string;
  policy: RateLimitPolicyName;
  /** Calls used that have not flowed back yet. */
  count: number;
  limit: number;
  /** Until all calls are free again. */
  resetMs: number;
}

/** Who has used how much of which limit: the 200 who are nearest to its end, the nearest first. */
export async function listRateLimitUse(
  { db, ratePolicies }: Pick<Deps, 'db' | 'ratePolicies'>,
  scope: TwinScope,
): Promise<RateLimitUse[]> {
  const policies = await ratePolicies.inForce(scope);
  const kinds = rateLimitPolicyNames.map((name) => {
    const { burst, intervalMicros } = toBucket(policies[name], name);
    return { name, capacityMicros: burst * intervalMicros };
  });
  return (await listBuckets(db, scope, kinds)).map(({ key, kind: policy, fullMicros }) => {
    const { burst, intervalMicros } = toBucket(policies[policy], key);
    const count = Math.min(burst, Math.ceil(fullMicros / intervalMicros));
    return { key, policy, count, limit: burst, resetMs: Math.ceil(fullMicros / 1000) };
  });
}
