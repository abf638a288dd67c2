import { AppError } from '@twin/core/app-error';
import { enforceRateLimit } from '../enforce-rate-limit.ts';
import { t } from '../trpc.ts';

/** Counts this call, alone or inside a batch, at its procedure's door. Runs after the guard. */
export const limitRate = t.middleware(async ({ ctx, meta, next }) => {
  if (ctx.principal === null || meta === undefined) {
    throw new AppError('unauthenticated', 'Sign in first.');
  }
  await enforceRateLimit({ ...ctx, scope: ctx.principal.scope }, meta.door);
  return next();
});
