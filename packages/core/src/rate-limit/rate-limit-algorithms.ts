import type { RateLimitAlgorithm } from '@twin/db/schema';
import { type RateLimitPolicy, type RateLimitPolicyName, rateLimitPolicies } from './policies.ts';

export const rateLimitAlgorithms = ['token-bucket', 'fixed-window'] as const satisfies readonly RateLimitAlgorithm[];

/** How a policy may count. Windows are kept in an unlogged table, which a crash empties: not for what must survive one. */
export function algorithmsOf(name: RateLimitPolicyName): readonly RateLimitAlgorithm[] {
  const { survivesCrash }: RateLimitPolicy = rateLimitPolicies[name];
  return survivesCrash === true ? ['token-bucket'] : rateLimitAlgorithms;
}
