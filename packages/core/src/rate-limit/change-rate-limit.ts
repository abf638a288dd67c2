import { deleteRateLimitSetting, upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicy, type RateLimitPolicyName, rateLimitPolicies } from './policies.ts';

/**
 * Sets a policy's numbers, or with `null` its own ones again. In force at once in this process and within a second in
 * every other. The share of a limit that a caller has used stays used, and flows back at the new pace.
 *
 * @throws AppError `invalid-input` when the web app itself could not work with so little.
 */
export async function changeRateLimit(
  { db, ratePolicies, logger }: Pick<Deps, 'db' | 'ratePolicies' | 'logger'>,
  scope: TwinScope,
  policy: RateLimitPolicyName,
  numbers: { limit: number; windowSeconds: number } | null,
): Promise<void> {
  if (numbers === null) {
    await deleteRateLimitSetting(db, scope, policy);
  } else {
    assertUsable(policy, numbers);
    await upsertRateLimitSetting(db, scope, { policy, ...numbers });
  }
  ratePolicies.forget(scope);
  logger.info(
    { policy, ...numbers },
    numbers === null ? 'a rate limit has its own numbers again' : 'a rate limit was set',
  );
}

/** Both the burst and the pace have to suffice: 120 a day would be gone after a page or two. */
function assertUsable(policy: RateLimitPolicyName, { limit, windowSeconds }: { limit: number; windowSeconds: number }) {
  const { perMinuteMin, describes }: RateLimitPolicy = rateLimitPolicies[policy];
  if (perMinuteMin === undefined) return;
  if (limit >= perMinuteMin && (limit * 60) / windowSeconds >= perMinuteMin) return;
  throw new AppError(
    'invalid-input',
    `The app itself needs at least ${perMinuteMin} ${describes} per minute. Set as many, or more.`,
    { reason: 'limit-too-low' },
  );
}
