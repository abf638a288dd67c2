import { compareRuns, type RunComparison } from '@twin/core/evaluation/compare-runs';
import type { GoldenQuestionView } from '@twin/core/evaluation/golden-question';
import {
  addAnswerAsGolden,
  addGoldenQuestions,
  listGolden,
  removeGoldenQuestion,
} from '@twin/core/evaluation/golden-questions';
import { parseGoldenLines } from '@twin/core/evaluation/parse-golden-lines';
import {
  cancelRun,
  type EvaluationRunView,
  getRun,
  listRuns,
  type RunWithQuestions,
  startRun,
} from '@twin/core/evaluation/runs';
import { limits } from '@twin/core/limits';
import { z } from 'zod';
import { documentId, name, nonEmptyText, rowId } from '../fields.ts';
import { procedureFor } from '../procedure-for.ts';
import { t } from '../trpc.ts';

const byId = z.object({ id: rowId });
const golden = z.object({
  question: name(limits.questionCharactersMax),
  answerable: z.boolean(),
  documentIds: z.array(documentId).max(limits.goldenExpectedMax),
  answerTexts: z.array(name(limits.questionCharactersMax)).max(limits.goldenExpectedMax),
});
const ownerOnly: Parameters<typeof procedureFor>[1] = ['owner'];

/** Questions whose right answers the owner knows, and how the twin does on them. */
export const evaluationRouter = t.router({
  questions: procedureFor('read', ownerOnly).query(({ ctx }): Promise<GoldenQuestionView[]> => {
    return listGolden(ctx.deps, ctx.principal.scope);
  }),

  addQuestion: procedureFor('write', ownerOnly)
    .input(golden)
    .mutation(({ ctx, input: { documentIds, ...added } }): Promise<{ count: number }> => {
      const expected = documentIds.map((id) => ({ documentId: id, quote: null }));
      return addGoldenQuestions(ctx.deps, ctx.principal.scope, [{ ...added, history: [], expected }]);
    }),

  importQuestions: procedureFor('write', ownerOnly)
    .input(z.object({ lines: nonEmptyText(limits.jsonBodyBytesMax) }))
    .mutation(({ ctx, input }): Promise<{ count: number }> => {
      return addGoldenQuestions(ctx.deps, ctx.principal.scope, parseGoldenLines(input.lines));
    }),

  addAnswer: procedureFor('write', ownerOnly)
    .input(z.object({ messageId: rowId }))
    .mutation(({ ctx, input }): Promise<{ count: number }> => {
      return addAnswerAsGolden(ctx.deps, ctx.principal.scope, input.messageId);
    }),

  removeQuestion: procedureFor('write', ownerOnly)
    .input(byId)
    .mutation(async ({ ctx, input }): Promise<{ removed: true }> => {
      await removeGoldenQuestion(ctx.deps, ctx.principal.scope, input.id);
      return { removed: true };
    }),

  startRun: procedureFor('write', ownerOnly)
    .input(z.object({}))
    .mutation(({ ctx }): Promise<EvaluationRunView> => startRun(ctx.deps, ctx.principal.scope)),

  cancelRun: procedureFor('write', ownerOnly)
    .input(byId)
    .mutation(({ ctx, input }): Promise<EvaluationRunView> => cancelRun(ctx.deps, ctx.principal.scope, input.id)),

  runs: procedureFor('read', ownerOnly).query(({ ctx }): Promise<EvaluationRunView[]> => {
    return listRuns(ctx.deps, ctx.principal.scope);
  }),

  run: procedureFor('read', ownerOnly)
    .input(byId)
    .query(({ ctx, input }): Promise<RunWithQuestions> => getRun(ctx.deps, ctx.principal.scope, input.id)),

  compare: procedureFor('read', ownerOnly)
    .input(z.object({ beforeId: rowId, afterId: rowId }))
    .query(({ ctx, input }): Promise<RunComparison> => compareRuns(ctx.deps, ctx.principal.scope, input)),
});
