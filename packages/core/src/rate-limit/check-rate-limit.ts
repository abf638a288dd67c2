import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicy, type RateLimitPolicyName, rateLimitPolicies } from './policies.ts';
import { toBucket } from './to-bucket.ts';

export interface RateLimitDecision {
  policy: RateLimitPolicyName;
  allowed: boolean;
  limit: number;
  /** Calls left. */
  remaining: number;
  /** Refused: until the next call is allowed. Allowed: until all calls are free again. */
  resetMs: number;
}

/**
 * Counts one call of `caller` (`principalKey`, or an address before anyone is known) against a policy. The count is kept
 * in the database, on its clock, so processes share it. A refused call is not counted.
 */
export async function checkRateLimit(
  deps: Pick<Deps, 'rateGate'>,
  scope: TwinScope,
  policy: RateLimitPolicyName,
  caller: string,
): Promise<RateLimitDecision> {
  const rules: RateLimitPolicy = rateLimitPolicies[policy];
  const bucket = toBucket(rules, `${policy}:${caller}`);
  const { allowed, remaining, retryMs, fullMs } = await deps.rateGate.take(scope, bucket);
  return { policy, allowed, limit: bucket.burst, remaining, resetMs: allowed ? fullMs : Math.max(1, retryMs) };
}

/** The policy a stored key belongs to; undefined for keys of policies that no longer exist. */
export function policyOfKey(key: string): RateLimitPolicyName | undefined {
  const name = key.slice(0, Math.max(0, key.indexOf(':')));
  return Object.hasOwn(rateLimitPolicies, name) ? (name as RateLimitPolicyName) : undefined;
}
