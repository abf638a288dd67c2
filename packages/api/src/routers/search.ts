import { limits } from '@twin/core/limits';
import type { Passage } from '@twin/core/retrieval/passage';
import { searchPassages } from '@twin/core/retrieval/search-passages';
import { z } from 'zod';
import { askedScope, question } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

export const searchRouter = t.router({
  passages: procedureFor('search')
    .input(
      z.object({
        query: question,
        limit: z.int().min(1).max(limits.searchResultsMax).default(10),
        scope: askedScope.exactOptional(),
      }),
    )
    .query(({ ctx, input }): Promise<{ passages: Passage[]; relevant: boolean }> => {
      return searchPassages(ctx.deps, ctx.principal.scope, input);
    }),
});
