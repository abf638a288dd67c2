import { changeRateLimit } from '@twin/core/rate-limit/change-rate-limit';
import { listRateLimits, type RateLimitView } from '@twin/core/rate-limit/list-rate-limits';
import { rateLimitBounds, rateLimitPolicyNames } from '@twin/core/rate-limit/policies';
import { rateLimitAlgorithms } from '@twin/core/rate-limit/rate-limit-algorithms';
import { z } from 'zod';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

const policy = z.enum(rateLimitPolicyNames);
const numbers = z.object({
  limit: z.int().min(1).max(rateLimitBounds.limitMax),
  windowSeconds: z.int().min(1).max(rateLimitBounds.windowSecondsMax),
  algorithm: z.enum(rateLimitAlgorithms).optional(),
});

export const rateLimitsRouter = t.router({
  list: procedureFor('read').query(({ ctx }): Promise<RateLimitView[]> => {
    return listRateLimits(ctx.deps, ctx.principal.scope);
  }),

  change: procedureFor('write', ['owner'])
    .input(numbers.extend({ policy }))
    .mutation(async ({ ctx, input: { policy: name, ...rest } }): Promise<{ changed: true }> => {
      await changeRateLimit(ctx.deps, ctx.principal.scope, name, rest);
      return { changed: true };
    }),

  /** Back to the numbers a new twin has. */
  restore: procedureFor('write', ['owner'])
    .input(z.object({ policy }))
    .mutation(async ({ ctx, input }): Promise<{ changed: true }> => {
      await changeRateLimit(ctx.deps, ctx.principal.scope, input.policy, null);
      return { changed: true };
    }),
});
