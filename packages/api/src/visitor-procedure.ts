import { AppError } from '@twin/core/app-error';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import { procedureFor } from './procedure-for.ts';
import { t } from './trpc.ts';

type PublicDoor = Extract<RateLimitDoor, `public-${string}`>;

const narrowed = t.middleware(({ ctx, next }) => {
  const { principal } = ctx;
  if (principal?.kind !== 'visitor') throw new AppError('forbidden', 'This is for visitors alone.');
  return next({ ctx: { principal } });
});

/** The only way to start a procedure that a visitor may call, and nobody else: what it answers is made for visitors. */
export function visitorProcedure(door: PublicDoor) {
  return procedureFor(door, ['visitor']).use(narrowed);
}
