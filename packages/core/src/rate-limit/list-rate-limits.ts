import type { RateLimitAlgorithm } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import {
  type RateLimitInForce,
  type RateLimitPolicyName,
  rateLimitPolicies,
  rateLimitPolicyNames,
} from './policies.ts';
import { algorithmsOf } from './rate-limit-algorithms.ts';

export interface RateLimitView
  extends Pick<RateLimitInForce, 'door' | 'per' | 'limit' | 'windowSeconds' | 'describes' | 'algorithm'> {
  policy: RateLimitPolicyName;
  /** Those the owner may choose from. */
  algorithms: readonly RateLimitAlgorithm[];
  /** What the policy, a bucket, says when the owner says nothing. */
  standard: { limit: number; windowSeconds: number };
}

/** Every policy as it is in force. */
export async function listRateLimits(
  { ratePolicies }: Pick<Deps, 'ratePolicies'>,
  scope: TwinScope,
): Promise<RateLimitView[]> {
  const policies = await ratePolicies.inForce(scope);
  return rateLimitPolicyNames.map((policy) => {
    const { door, per, limit, windowSeconds, describes, algorithm } = policies[policy];
    const standard = { limit: rateLimitPolicies[policy].limit, windowSeconds: rateLimitPolicies[policy].windowSeconds };
    return {
      policy,
      door,
      per,
      limit,
      windowSeconds,
      describes,
      algorithm,
      algorithms: algorithmsOf(policy),
      standard,
    };
  });
}
