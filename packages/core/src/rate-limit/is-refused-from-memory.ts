import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { callerKey, type RateLimitCaller } from './count-call.ts';
import { type RateLimitDoor, rateLimitPolicies, rateLimitPolicyNames } from './policies.ts';

/** Whether this process knows without a query that a policy of this door would refuse the caller. */
export function isRefusedFromMemory(
  { rateGate }: Pick<Deps, 'rateGate'>,
  scope: TwinScope,
  door: RateLimitDoor,
  caller: RateLimitCaller,
): boolean {
  return rateLimitPolicyNames
    .filter((name) => rateLimitPolicies[name].door === door)
    .some((name) => rateGate.isRefused(scope, `${name}:${callerKey(rateLimitPolicies[name].per, caller)}`));
}
