import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';
import { uploadPath } from './require-json.ts';

/** Long enough for the largest JSON body over a slow line (8 MB at 30 kB/s). */
export const bodyMsMax = 5 * 60_000;

/**
 * Answers a request whose body is not there after `msMax`, and ends its connection, which ends the work that waits for
 * the rest. Uploads are left alone: they are answered when nothing arrives any more.
 */
export function answerLateBodies(msMax = bodyMsMax): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { incoming } = c.env;
    if (incoming.complete || (c.req.method === 'PUT' && c.req.path === uploadPath)) {
      await next();
      return;
    }
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      if (incoming.complete) return;
      c.header('Connection', 'close');
      reject(cameTooLate(msMax));
    }, msMax);
    await Promise.race([next(), late]).finally(() => clearTimeout(timer));
  };
}

function cameTooLate(msMax: number): AppError {
  const message =
    `The request body was not complete after ${msMax / 1000} s, which is the limit. ` +
    'Check the connection, and send it again; upload large files with PUT /api/uploads, which has no such limit.';
  return new AppError('too-late', message, { reason: 'body-late' });
}
