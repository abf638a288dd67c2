import { AppError } from '@twin/core/app-error';
import { t } from '../trpc.ts';

/** Lets only the kinds of principal through that the procedure's meta names. No meta, no principal: refused. */
export const guardPrincipal = t.middleware(({ ctx, meta, next }) => {
  const { principal } = ctx;
  if (principal === null) {
    throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
  }
  if (meta === undefined || !meta.allowed.includes(principal.kind)) {
    throw new AppError('forbidden', 'This is not available to you. Sign in as the owner.');
  }
  return next({ ctx: { principal } });
});
