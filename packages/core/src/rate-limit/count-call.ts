import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type Principal, principalKey } from '../principal.ts';
import { checkRateLimit, type RateLimitDecision } from './check-rate-limit.ts';
import { type RateLimitDoor, type RateLimitPolicy, rateLimitPolicies, rateLimitPolicyNames } from './policies.ts';

/** Whom a call is counted against: what was proven, and where it came from. Nothing a request merely claims. */
export interface RateLimitCaller {
  /** Null while nobody is known. */
  principal: Principal | null;
  /** An IPv4 address, or an IPv6 network of 64 bits: what one subscriber holds. */
  address: string;
}

/**
 * Counts a call against every policy of its door, up to the first that refuses: the refused call is counted by those
 * before it alone. Returns the decisions in order; the call may go on when the last one allows it.
 */
export async function countCall(
  deps: Pick<Deps, 'rateGate' | 'ratePolicies'>,
  scope: TwinScope,
  door: RateLimitDoor,
  caller: RateLimitCaller,
): Promise<RateLimitDecision[]> {
  const decisions: RateLimitDecision[] = [];
  for (const name of rateLimitPolicyNames) {
    if (rateLimitPolicies[name].door !== door) continue;
    const decision = await checkRateLimit(deps, scope, name, callerKey(rateLimitPolicies[name].per, caller));
    decisions.push(decision);
    if (!decision.allowed) break;
  }
  return decisions;
}

/** Under which a policy counts a caller. */
export function callerKey(per: RateLimitPolicy['per'], { principal, address }: RateLimitCaller): string {
  if (per === 'twin') return 'everyone';
  if (per === 'link' && principal?.kind === 'visitor') return `link:${principal.linkId}`;
  return per === 'caller' && principal !== null ? principalKey(principal) : `address:${address}`;
}
