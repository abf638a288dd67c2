import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { AppErrorCode } from '@twin/core/app-error';
import { describeError } from './error-map.ts';

/** `error.data` as clients see it. */
interface ErrorData {
  code: string;
  httpStatus: number;
  appCode: AppErrorCode;
  reason: string | null;
  requestId: string | null;
  retryAfterMs: number | null;
  fieldErrors: Record<string, string[]> | null;
}

/** Anything thrown as the typed door tells it, also where the request did not get as far as a procedure. */
export function typedError(error: unknown, requestId: string | null) {
  const { code, trpc, httpStatus, message, reason, retryAfterMs, fieldErrors } = describeError(error);
  const data: ErrorData = { code: trpc, httpStatus, appCode: code, reason, requestId, retryAfterMs, fieldErrors };
  return { code: TRPC_ERROR_CODES_BY_KEY[trpc], message, data };
}
