import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import { isLoopbackHost } from '../auth/loopback.ts';
import type { Env } from '../env.ts';
import type { HttpEnv } from './http-env.ts';

/** True where nothing says which names are right: it listens beyond this machine, and its address was not given. */
export function answersToAnyName({ host, trustedOrigins }: Pick<Env, 'host' | 'trustedOrigins'>): boolean {
  return !isLoopbackHost(host) && trustedOrigins.length === 0;
}

/**
 * Refuses names this server does not go by. Where no account protects it, a web page could otherwise point its own
 * domain at 127.0.0.1 and read everything (DNS rebinding). Elsewhere cookies are bound to their host, so names are
 * only checked once PUBLIC_URL or TRUSTED_ORIGINS say which ones are right.
 */
export function checkHost(env: Env): MiddlewareHandler<HttpEnv> {
  const named = new Set(env.trustedOrigins.map((origin) => new URL(origin).host));
  const open = answersToAnyName(env);
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!open && !named.has(host.toLowerCase()) && !isLoopbackHost(host.replace(/:\d{1,5}$/, ''))) {
      const name = host.slice(0, 100);
      throw new AppError('forbidden', `This server does not answer to the name "${name}". PUBLIC_URL sets its name.`, {
        reason: 'unknown-host',
      });
    }
    await next();
  };
}
