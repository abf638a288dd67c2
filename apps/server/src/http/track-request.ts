import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { ClientAddress } from './client-address.ts';
import type { HttpEnv } from './http-env.ts';
import type { ServerParts } from './server-parts.ts';

/**
 * Gives each request an id and an address, and when its last byte has gone, one log line and one measurement. The
 * line holds the path without its query, never a body and never a header.
 */
export function trackRequest({ deps, metrics }: ServerParts, clientAddress: ClientAddress): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { incoming, outgoing } = c.env;
    const requestId = randomUUID();
    const startedAt = performance.now();
    c.set('requestId', requestId);
    c.set('ip', clientAddress(incoming.socket.remoteAddress, c.req.header('x-forwarded-for')));
    let route = 'unknown';
    outgoing.once('close', () => {
      const durationMs = Math.round(performance.now() - startedAt);
      const status = outgoing.statusCode;
      const { method } = c.req;
      metrics.observeRequest({ method, route, status, durationMs });
      const fields = { requestId, method, path: c.req.path, status, durationMs, complete: outgoing.writableFinished };
      deps.logger.debug(fields, 'request');
    });
    await next();
    // Of the handler that answered; it stays set when the request comes back up.
    route = routePath(c);
    c.res.headers.set('X-Request-Id', requestId);
  };
}
