import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicy, type RateLimitPolicyName, rateLimitPolicies, rateLimitPolicyNames } from './policies.ts';

export interface RateLimitView extends Pick<RateLimitPolicy, 'door' | 'per' | 'limit' | 'windowSeconds' | 'describes'> {
  policy: RateLimitPolicyName;
  /** What the policy says when the owner says nothing. */
  standard: { limit: number; windowSeconds: number };
}

/** Every policy with the numbers in force. */
export async function listRateLimits(
  { ratePolicies }: Pick<Deps, 'ratePolicies'>,
  scope: TwinScope,
): Promise<RateLimitView[]> {
  const policies = await ratePolicies.inForce(scope);
  return rateLimitPolicyNames.map((policy) => {
    const { door, per, limit, windowSeconds, describes } = policies[policy];
    const standard = { limit: rateLimitPolicies[policy].limit, windowSeconds: rateLimitPolicies[policy].windowSeconds };
    return { policy, door, per, limit, windowSeconds, describes, standard };
  });
}
