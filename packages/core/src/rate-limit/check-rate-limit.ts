import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { RateLimitPolicyName } from './policies.ts';
import { toCounter } from './to-counter.ts';

export interface RateLimitDecision {
  policy: RateLimitPolicyName;
  allowed: boolean;
  limit: number;
  windowSeconds: number;
  /** Calls left. */
  remaining: number;
  /** Refused: until the next call is allowed. Allowed: until all calls are free again. */
  resetMs: number;
}

/**
 * Counts one call of `caller` against a policy, as the owner has set it. The count is kept in the database, on its
 * clock, so processes share it. A refused call is not counted.
 */
export async function checkRateLimit(
  deps: Pick<Deps, 'rateGate' | 'ratePolicies'>,
  scope: TwinScope,
  policy: RateLimitPolicyName,
  caller: string,
): Promise<RateLimitDecision> {
  const { [policy]: rules } = await deps.ratePolicies.inForce(scope);
  const counter = toCounter(rules, `${policy}:${caller}`);
  const { allowed, remaining, retryMs, fullMs } = await deps.rateGate.take(scope, counter);
  const { limit, windowSeconds } = rules;
  return { policy, allowed, limit, windowSeconds, remaining, resetMs: allowed ? fullMs : Math.max(1, retryMs) };
}
