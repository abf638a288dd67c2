import { AppError } from '@twin/core/app-error';
import type { Deps } from '@twin/core/deps';
import { type Principal, principalKey } from '@twin/core/principal';
import { checkRateLimit, type RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';
import { type RateLimitPolicyName, rateLimitPolicies } from '@twin/core/rate-limit/policies';

export interface RateLimited {
  deps: Deps;
  principal: Principal;
  rateLimits: RateLimitDecision[];
}

/**
 * Counts one call of `principal` against `policy` and notes the decision for the response headers.
 * @throws AppError `rate-limited` with `retryAfterMs`; a refused call is not counted.
 */
export async function enforceRateLimit(call: RateLimited, policy: RateLimitPolicyName): Promise<void> {
  const decision = await checkRateLimit(call.deps, call.principal.scope, policy, principalKey(call.principal));
  call.rateLimits.push(decision);
  if (!decision.allowed) {
    throw rateLimitedError(policy, decision);
  }
}

export function rateLimitedError(policy: RateLimitPolicyName, decision: RateLimitDecision): AppError {
  const { limit, windowSeconds, describes } = rateLimitPolicies[policy];
  const seconds = Math.max(1, Math.ceil(decision.resetMs / 1000));
  return new AppError(
    'rate-limited',
    `That was the limit of ${limit} ${describes} per ${nameWindow(windowSeconds)}. Try again in ${seconds} s.`,
    { retryAfterMs: decision.resetMs, reason: policy },
  );
}

function nameWindow(seconds: number): string {
  const named: Record<number, string> = { 60: 'minute', 3_600: 'hour', 86_400: 'day' };
  return named[seconds] ?? `${seconds / 60} minutes`;
}

/** `RateLimit-*` of the tightest decision, and `Retry-After` (whole seconds) when one refused. */
export function rateLimitHeaders(decisions: readonly RateLimitDecision[]): Record<string, string> {
  const tightest = decisions.toSorted((a, b) => a.remaining - b.remaining || b.resetMs - a.resetMs)[0];
  if (tightest === undefined) {
    return {};
  }
  const seconds = String(Math.max(1, Math.ceil(tightest.resetMs / 1000)));
  const headers = {
    'RateLimit-Limit': String(tightest.limit),
    'RateLimit-Remaining': String(tightest.remaining),
    'RateLimit-Reset': seconds,
  };
  return decisions.some(({ allowed }) => !allowed) ? { ...headers, 'Retry-After': seconds } : headers;
}
