import { limits } from '@twin/core/limits';
import { getTwinStatus } from '@twin/core/twin/get-twin-status';
import { getTwinSettings, type TwinSettings, updateTwinSettings } from '@twin/core/twin/twin-settings';
import { z } from 'zod';
import { personaBio, personaName, personaTone } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';
import type { InstalledTwinStatus } from '../views.ts';

const settings = z.object({
  persona: z.object({
    name: personaName,
    bio: personaBio,
    tone: personaTone,
    person: z.enum(['first', 'third']),
    strictness: z.enum(['strict', 'balanced']),
  }),
  dailyTokensMax: z.int().min(1).max(limits.dailyTokensMax).nullable(),
});

export const twinRouter = t.router({
  status: procedureFor('read').query(async ({ ctx }): Promise<InstalledTwinStatus> => {
    return { ...(await getTwinStatus(ctx.deps, ctx.principal.scope)), ...ctx.installation };
  }),

  settings: procedureFor('read').query(({ ctx }): Promise<TwinSettings> => {
    return getTwinSettings(ctx.deps, ctx.principal.scope);
  }),

  updateSettings: procedureFor('write', ['owner'])
    .input(settings)
    .mutation(({ ctx, input }): Promise<TwinSettings> => updateTwinSettings(ctx.deps, ctx.principal.scope, input)),
});
