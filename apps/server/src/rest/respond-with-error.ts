import { describeError } from '@twin/api/error-map';
import { typedError } from '@twin/api/typed-error';
import type { Logger } from '@twin/core/ports';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { HttpEnv } from '../http/http-env.ts';
import { trpcPath } from '../http/trpc-path.ts';

/** What REST callers get for every failure. */
export interface ErrorBody {
  error: {
    code: string;
    reason: string | null;
    message: string;
    requestId: string;
    retryAfterMs: number | null;
    fieldErrors: Record<string, string[]> | null;
  };
}

/** For the log of either door. */
export const outdatedWords = 'a newer release has changed the database: update this server';

/** Translates anything thrown; what nobody foresaw is logged once, with the id the caller gets. */
export function errorBodyOf(error: unknown, requestId: string, logger: Logger): { status: number; body: ErrorBody } {
  const { code, httpStatus, message, reason, retryAfterMs, fieldErrors } = describeError(error);
  if (code === 'internal') {
    logger.error({ requestId, error }, 'unexpected error');
  } else if (code === 'database-unavailable') {
    logger.warn({ requestId, error }, 'the database cannot be reached');
  } else if (code === 'server-outdated') {
    logger.error({ requestId, error }, outdatedWords);
  }
  return { status: httpStatus, body: { error: { code, reason, message, requestId, retryAfterMs, fieldErrors } } };
}

/** In the shape of the door that was called: what is refused before the typed one is reached is told as it would tell it. */
export function respondWithError(c: Context<HttpEnv>, error: unknown, logger: Logger): Response {
  const { status, body } = errorBodyOf(error, c.get('requestId'), logger);
  const { retryAfterMs } = body.error;
  if (retryAfterMs !== null) {
    c.header('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1000))));
  }
  const told = c.req.path.startsWith(`${trpcPath}/`) ? { error: typedError(error, body.error.requestId) } : body;
  return c.json(told, status as ContentfulStatusCode);
}
