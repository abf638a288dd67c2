import { getTwinStatus } from '@twin/core/twin/get-twin-status';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';
import type { InstalledTwinStatus } from '../views.ts';

export const twinRouter = t.router({
  status: procedureFor('read').query(async ({ ctx }): Promise<InstalledTwinStatus> => {
    return { ...(await getTwinStatus(ctx.deps, ctx.principal.scope)), ...ctx.installation };
  }),
});
