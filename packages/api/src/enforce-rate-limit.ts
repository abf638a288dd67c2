import { AppError } from '@twin/core/app-error';
import { countOf } from '@twin/core/count-of';
import type { Deps } from '@twin/core/deps';
import type { Principal } from '@twin/core/principal';
import type { RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';
import { countCall, type RateLimitCaller } from '@twin/core/rate-limit/count-call';
import { nameWindow } from '@twin/core/rate-limit/name-window';
import { type RateLimitDoor, type RateLimitPolicy, rateLimitPolicies } from '@twin/core/rate-limit/policies';

export interface RateLimited extends RateLimitCaller {
  deps: Deps;
  /** The twin whose limits count: also known where no principal is. */
  scope: Principal['scope'];
  rateLimits: RateLimitDecision[];
}

/**
 * Counts one call against the policies of its door and notes the decisions for the response headers.
 * @throws AppError `rate-limited` with `retryAfterMs`; a refused call is not counted by the policy that refuses.
 */
export async function enforceRateLimit(call: RateLimited, door: RateLimitDoor): Promise<void> {
  const decisions = await countCall(call.deps, call.scope, door, call);
  call.rateLimits.push(...decisions);
  const refusal = decisions.find(({ allowed }) => !allowed);
  if (refusal !== undefined) {
    throw rateLimitedError(refusal);
  }
}

function rateLimitedError({ policy, limit, windowSeconds, resetMs }: RateLimitDecision): AppError {
  const { describes }: RateLimitPolicy = rateLimitPolicies[policy];
  const message = `That was the limit of ${countOf(limit, ...describes)} per ${nameWindow(windowSeconds)}.`;
  return new AppError('rate-limited', message, { retryAfterMs: resetMs, reason: policy });
}

/**
 * `RateLimit-*` of the decision that says most: a refusal, the longest of several, before any other, else the tightest. With
 * a refusal `Retry-After` as well. In whole seconds.
 */
export function rateLimitHeaders(decisions: readonly RateLimitDecision[]): Record<string, string> {
  const tightest = decisions.toSorted(
    (a, b) => Number(a.allowed) - Number(b.allowed) || a.remaining - b.remaining || b.resetMs - a.resetMs,
  )[0];
  if (tightest === undefined) {
    return {};
  }
  const seconds = String(Math.max(1, Math.ceil(tightest.resetMs / 1000)));
  const headers = {
    'RateLimit-Limit': String(tightest.limit),
    'RateLimit-Remaining': String(tightest.remaining),
    'RateLimit-Reset': seconds,
  };
  return tightest.allowed ? headers : { ...headers, 'Retry-After': seconds };
}
