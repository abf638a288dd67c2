import { AppError } from '@twin/core/app-error';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import { identify } from '../http/identify.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { countAgainst } from './count-against.ts';

/** Lets those in who act for the owner, counted at `door`, before a byte of the body is read. What a visitor is refused counts, too. */
export function admit(parts: ServerParts, door: RateLimitDoor): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const principal = await identify(c, parts);
    if (principal === null) {
      throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
    }
    if (principal.kind === 'visitor') {
      await countAgainst(c, parts, 'unproven', { scope: principal.scope, principal: null });
      throw new AppError('forbidden', 'This is not available to you. Sign in as the owner.');
    }
    await countAgainst(c, parts, door, { scope: principal.scope, principal });
    c.set('principal', principal);
    await next();
  };
}
