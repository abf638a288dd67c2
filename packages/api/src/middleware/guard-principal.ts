import { AppError } from '@twin/core/app-error';
import { enforceRateLimit } from '../enforce-rate-limit.ts';
import { t } from '../trpc.ts';

/**
 * Lets only the kinds of principal through that the procedure's meta names. No meta, no principal: refused. What a visitor is
 * refused is counted by address, as what nobody known asks is where callers are told apart.
 */
export const guardPrincipal = t.middleware(async ({ ctx, meta, next }) => {
  const { principal } = ctx;
  if (principal === null) {
    throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
  }
  if (meta === undefined || !meta.allowed.includes(principal.kind)) {
    if (principal.kind === 'visitor') {
      await enforceRateLimit({ ...ctx, scope: principal.scope, principal: null }, 'unproven');
    }
    throw new AppError('forbidden', 'This is not available to you. Sign in as the owner.');
  }
  return await next({ ctx: { principal } });
});
