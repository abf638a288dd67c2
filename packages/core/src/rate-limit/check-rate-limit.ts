import { takeRateLimit } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicyName, rateLimitPolicies } from './policies.ts';

export interface RateLimitDecision {
  policy: RateLimitPolicyName;
  allowed: boolean;
  limit: number;
  /** Calls left in the window. */
  remaining: number;
  /** Until the window ends and all calls are free again. */
  resetMs: number;
}

/**
 * Counts one call of `caller` (`principalKey`, or an address before anyone is known) against a policy. Windows are kept
 * in the database, on its clock, so processes share them. A refused call is not counted.
 */
export async function checkRateLimit(
  deps: Deps,
  scope: TwinScope,
  policy: RateLimitPolicyName,
  caller: string,
): Promise<RateLimitDecision> {
  const { limit, windowSeconds } = rateLimitPolicies[policy];
  const taken = await takeRateLimit(deps.db, scope, { key: `${policy}:${caller}`, limit, windowSeconds });
  return { policy, ...taken };
}

/** The policy a stored key belongs to; undefined for keys of policies that no longer exist. */
export function policyOfKey(key: string): RateLimitPolicyName | undefined {
  const name = key.slice(0, Math.max(0, key.indexOf(':')));
  return Object.hasOwn(rateLimitPolicies, name) ? (name as RateLimitPolicyName) : undefined;
}
