import { TRPCError } from '@trpc/server';
import { AppError } from '@twin/core/app-error';
import { errorMap } from '../error-map.ts';
import { t } from '../trpc.ts';

/** Gives an AppError its HTTP status. `next()` never rejects: a failure is in its result. */
export const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) {
    return result;
  }
  const cause = result.error.cause;
  if (cause instanceof AppError) {
    throw new TRPCError({ code: errorMap[cause.code].trpc, message: cause.message, cause });
  }
  return result;
});
