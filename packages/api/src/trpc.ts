import { initTRPC } from '@trpc/server';
import type { AppErrorCode } from '@twin/core/app-error';
import type { Principal } from '@twin/core/principal';
import type { RateLimitPolicyName } from '@twin/core/rate-limit/policies';
import type { Context } from './context.ts';
import { describeError } from './error-map.ts';

/** Declared by every procedure; a procedure without one is refused, and a test lists them all. */
export interface ProcedureMeta {
  policy: RateLimitPolicyName;
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
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const { code, httpStatus, message, reason, retryAfterMs, fieldErrors } = describeError(error);
      const data: ErrorData = {
        code: shape.data.code,
        httpStatus,
        appCode: code,
        reason,
        requestId: ctx?.requestId ?? null,
        retryAfterMs,
        fieldErrors,
      };
      return { code: shape.code, message, data };
    },
  });
