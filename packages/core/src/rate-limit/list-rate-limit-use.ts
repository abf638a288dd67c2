import { listBuckets } from '@twin/db/queries/rate-buckets';
import { listRateWindows } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicyName, rateLimitPolicyNames } from './policies.ts';
import type { RatePoliciesInForce } from './rate-policies.ts';
import { toBucket } from './to-bucket.ts';

export interface RateLimitUse {
  key: string;
  policy: RateLimitPolicyName;
  /** Calls used that are not free again. */
  count: number;
  limit: number;
  /** Until all calls are free again. */
  resetMs: number;
}

const rowsMax = 200;

/** Who has used how much of which limit: the 200 who are nearest to its end, the nearest first. */
export async function listRateLimitUse(
  { db, ratePolicies }: Pick<Deps, 'db' | 'ratePolicies'>,
  scope: TwinScope,
): Promise<RateLimitUse[]> {
  const policies = await ratePolicies.inForce(scope);
  const inBuckets = await listBucketUse(db, scope, policies);
  const inWindows = await listWindowUse(db, scope, policies);
  if (inWindows.length === 0) return inBuckets;
  return [...inBuckets, ...inWindows].toSorted((a, b) => b.count / b.limit - a.count / a.limit).slice(0, rowsMax);
}

async function listBucketUse(db: Deps['db'], scope: TwinScope, policies: RatePoliciesInForce): Promise<RateLimitUse[]> {
  const names = rateLimitPolicyNames.filter((name) => policies[name].algorithm === 'token-bucket');
  const kinds = names.map((name) => {
    const { burst, intervalMicros } = toBucket(policies[name], name);
    return { name, capacityMicros: burst * intervalMicros };
  });
  return (await listBuckets(db, scope, kinds, rowsMax)).map(({ key, kind: policy, fullMicros }) => {
    const { burst, intervalMicros } = toBucket(policies[policy], key);
    const count = Math.min(burst, Math.ceil(fullMicros / intervalMicros));
    return { key, policy, count, limit: burst, resetMs: Math.ceil(fullMicros / 1000) };
  });
}

async function listWindowUse(db: Deps['db'], scope: TwinScope, policies: RatePoliciesInForce): Promise<RateLimitUse[]> {
  const names = rateLimitPolicyNames.filter((name) => policies[name].algorithm === 'fixed-window');
  if (names.length === 0) return [];
  const kinds = names.map((name) => ({ name, limit: policies[name].limit }));
  return (await listRateWindows(db, scope, kinds, rowsMax)).map(({ key, kind: policy, count, resetMs }) => {
    const { limit } = policies[policy];
    // More than the limit where the owner has lowered it since.
    return { key, policy, count: Math.min(count, limit), limit, resetMs };
  });
}
