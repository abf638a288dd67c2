import { filterOf } from '@twin/core/chat/answer-scope';
import { limits } from '@twin/core/limits';
import type { Passage } from '@twin/core/retrieval/passage';
import { retrieve } from '@twin/core/retrieval/retrieve';
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
    .query(async ({ ctx, input }): Promise<{ passages: Passage[]; relevant: boolean }> => {
      const { passages, relevant } = await retrieve(ctx.deps, ctx.principal.scope, {
        question: input.query,
        limit: input.limit,
        filter: filterOf(input.scope ?? null),
      });
      return { passages, relevant };
    }),
});
