import { type IngestionPage, listIngestions } from '@twin/core/documents/list-ingestions';
import { findVectorIndexReport } from '@twin/core/maintenance/examine-vector-index';
import type { Finding } from '@twin/core/maintenance/judge-database';
import { resetRateLimit } from '@twin/core/rate-limit/reset-rate-limit';
import { type AdminOverview, getAdminOverview } from '@twin/core/twin/get-admin-overview';
import { z } from 'zod';
import { nonEmptyText, pageLimit, text } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

export const adminRouter = t.router({
  overview: procedureFor('read').query(({ ctx }): Promise<AdminOverview> => {
    return getAdminOverview(ctx.deps, ctx.principal.scope);
  }),

  ingestions: procedureFor('read')
    .input(z.object({ limit: pageLimit, cursor: text(2_000).exactOptional() }))
    .query(({ ctx, input }): Promise<IngestionPage> => listIngestions(ctx.deps, ctx.principal.scope, input)),

  vectorIndex: procedureFor('read').query(({ ctx }): Promise<Finding> => {
    return findVectorIndexReport(ctx.deps, ctx.principal.scope);
  }),

  resetRateLimit: procedureFor('write', ['owner'])
    .input(z.object({ key: nonEmptyText(300) }))
    .mutation(async ({ ctx, input }): Promise<{ reset: true }> => {
      await resetRateLimit(ctx.deps, ctx.principal.scope, input.key);
      return { reset: true };
    }),
});
