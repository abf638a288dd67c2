import { initTRPC } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { AppErrorCode } from '@twin/core/app-error';
import type { Principal } from '@twin/core/principal';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import type { Context } from './context.ts';
import { describeError } from './error-map.ts';

/** Declared by every procedure; a procedure without one is refused, and a test lists them all. */
export interface ProcedureMeta {
  door: RateLimitDoor;
  allowed: readonly Principal['kind'][];
}

/** `error.data` as clients see it. */
export interface ErrorData {
  code: string;
  httpStatus: number;
  appCode: AppErrorCode;
  reason: string | null;
  requestId: string | null;
  retryAfterMs: number | null;
  fieldErrors: Record<string, string[]> | null;
}

/** The one tRPC instance. JSON as it is, no transformer: dates are ISO strings in every view. */
export const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      // A stream that goes on is asked for anew, by whoever may still have it: signing out ends it within this time.
      maxDurationMs: 3 * 60_000,
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ error, ctx }) {
      // What a subscription throws never passed the middleware, and its client reconnects for ever after a code of the
      // 5xx kind: the code has to come from the error itself.
      const { code, trpc, httpStatus, message, reason, retryAfterMs, fieldErrors } = describeError(error);
      const data: ErrorData = {
        code: trpc,
        httpStatus,
        appCode: code,
        reason,
        requestId: ctx?.requestId ?? null,
        retryAfterMs,
        fieldErrors,
      };
      return { code: TRPC_ERROR_CODES_BY_KEY[trpc], message, data };
    },
  });
