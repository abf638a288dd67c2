import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import type { HttpEnv } from './http-env.ts';

/**
 * Refuses requests that another site's page makes with a visitor's browser. Browsers cannot be made to forge these
 * two headers, and programs such as curl send neither.
 */
export function checkOrigin(env: Env): MiddlewareHandler<HttpEnv> {
  const trusted = new Set(env.trustedOrigins);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const isOurs =
      origin === undefined || trusted.has(origin) || hostOf(origin) === c.req.header('host')?.toLowerCase();
    const site = c.req.header('sec-fetch-site');
    const isTrusted = origin !== undefined && trusted.has(origin);
    if (!isOurs || !(site === undefined || site === 'same-origin' || site === 'none' || isTrusted)) {
      throw new AppError(
        'forbidden',
        'Requests from other sites are refused. The owner can allow this one with TRUSTED_ORIGINS.',
        { reason: 'cross-origin' },
      );
    }
    await next();
  };
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
