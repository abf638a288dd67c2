import { deleteRateLimitSetting, upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import type { RateLimitAlgorithm } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { countOf } from '../count-of.ts';
import type { Deps } from '../deps.ts';
import { nameWindow } from './name-window.ts';
import { type RateLimitPolicy, type RateLimitPolicyName, rateLimitPolicies } from './policies.ts';
import { algorithmsOf } from './rate-limit-algorithms.ts';

export interface RateLimitNumbers {
  limit: number;
  windowSeconds: number;
  /** A bucket unless it says otherwise. */
  algorithm?: RateLimitAlgorithm | undefined;
}

/**
 * Sets a policy's numbers, or with `null` its own ones again. In force at once in this process and within a second in
 * every other. The share of a limit that a caller has used stays used, and flows back at the new pace; where the algorithm
 * changes, every caller starts anew.
 *
 * @throws AppError `invalid-input` when the owner could not work with so little, and so not set it back, or when the policy
 * may not count that way.
 */
export async function changeRateLimit(
  { db, ratePolicies, logger }: Pick<Deps, 'db' | 'ratePolicies' | 'logger'>,
  scope: TwinScope,
  policy: RateLimitPolicyName,
  numbers: RateLimitNumbers | null,
): Promise<void> {
  if (numbers === null) {
    await deleteRateLimitSetting(db, scope, policy);
  } else {
    const { limit, windowSeconds, algorithm = 'token-bucket' } = numbers;
    assertUsable(policy, numbers);
    assertMayCount(policy, algorithm);
    await upsertRateLimitSetting(db, scope, { policy, limit, windowSeconds, algorithm });
  }
  ratePolicies.forget(scope);
  logger.info(
    { policy, ...numbers },
    numbers === null ? 'a rate limit has its own numbers again' : 'a rate limit was set',
  );
}

/** Both the burst and the pace have to suffice: 120 a day would be gone after a page or two. */
function assertUsable(policy: RateLimitPolicyName, { limit, windowSeconds }: RateLimitNumbers): void {
  const { least, describes }: RateLimitPolicy = rateLimitPolicies[policy];
  if (least === undefined) return;
  if (limit >= least.limit && limit * least.windowSeconds >= least.limit * windowSeconds) return;
  throw new AppError(
    'invalid-input',
    `With less than ${countOf(least.limit, ...describes)} per ${nameWindow(least.windowSeconds)} you could lock yourself out. Set as many, or more.`,
    { reason: 'limit-too-low' },
  );
}

function assertMayCount(policy: RateLimitPolicyName, algorithm: RateLimitAlgorithm): void {
  if (algorithmsOf(policy).includes(algorithm)) return;
  throw new AppError(
    'invalid-input',
    'A limit of a day survives a crash of the database, and counts in a fixed window do not. Let it flow back evenly.',
    { reason: 'limit-algorithm' },
  );
}
