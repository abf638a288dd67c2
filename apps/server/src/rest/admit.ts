import { enforceRateLimit, rateLimitHeaders } from '@twin/api/enforce-rate-limit';
import { AppError } from '@twin/core/app-error';
import type { RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';
import type { RateLimitPolicyName } from '@twin/core/rate-limit/policies';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';

/** Lets those in who act for the owner, counted against `policy`, before a byte of the body is read. */
export function admit({ access, deps }: ServerParts, policy: RateLimitPolicyName): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const principal = await access.authenticate(c.req.raw);
    if (principal === null) {
      throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
    }
    if (principal.kind === 'visitor') {
      throw new AppError('forbidden', 'This is not available to you.');
    }
    const rateLimits: RateLimitDecision[] = [];
    try {
      await enforceRateLimit({ deps, principal, rateLimits }, policy);
    } finally {
      for (const [name, value] of Object.entries(rateLimitHeaders(rateLimits))) {
        c.header(name, value);
      }
    }
    c.set('principal', principal);
    await next();
  };
}
