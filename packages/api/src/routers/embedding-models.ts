import {
  cancelModelChange,
  type EmbeddingModelOverview,
  getEmbeddingModels,
  type ModelChange,
  startModelChange,
} from '@twin/core/embedding-models/model-changes';
import { z } from 'zod';
import { rowId } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

const ownerOnly: Parameters<typeof procedureFor>[1] = ['owner'];

/** Which model embeds, and the way to another one. */
export const embeddingModelsRouter = t.router({
  overview: procedureFor('read', ownerOnly).query(({ ctx }): Promise<EmbeddingModelOverview> => {
    return getEmbeddingModels(ctx.deps, ctx.principal.scope);
  }),

  change: procedureFor('write', ownerOnly)
    .input(z.object({ kind: z.enum(['switch', 'rollback']) }))
    .mutation(({ ctx, input }): Promise<ModelChange> => startModelChange(ctx.deps, ctx.principal.scope, input.kind)),

  cancelChange: procedureFor('write', ownerOnly)
    .input(z.object({ id: rowId }))
    .mutation(({ ctx, input }): Promise<ModelChange> => cancelModelChange(ctx.deps, ctx.principal.scope, input.id)),
});
