import { TRPCError } from '@trpc/server';
import { asAppError } from '@twin/core/as-app-error';
import { errorMap } from '../error-map.ts';
import { t } from '../trpc.ts';

/** Gives what is foreseen its HTTP status. `next()` never rejects: a failure is in its result. */
export const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) {
    return result;
  }
  const cause = asAppError(result.error.cause);
  if (cause === undefined) {
    return result;
  }
  throw new TRPCError({ code: errorMap[cause.code].trpc, message: cause.message, cause });
});
