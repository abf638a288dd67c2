import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { callerKey, type RateLimitCaller } from './count-call.ts';
import { type RateLimitDoor, rateLimitPolicies, rateLimitPolicyNames } from './policies.ts';

/** Milliseconds until a policy of this door would let the caller through, where this process knows that without a query. */
export function findRememberedRefusal(
  { rateGate }: Pick<Deps, 'rateGate'>,
  scope: TwinScope,
  door: RateLimitDoor,
  caller: RateLimitCaller,
): number | undefined {
  const waits = rateLimitPolicyNames
    .filter((name) => rateLimitPolicies[name].door === door)
    .flatMap((name) => rateGate.findRefusal(scope, `${name}:${callerKey(rateLimitPolicies[name].per, caller)}`) ?? []);
  return waits.length === 0 ? undefined : Math.max(...waits.map(({ retryMs }) => retryMs));
}
