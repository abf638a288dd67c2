import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { type MeanDifference, pairedBootstrap } from './paired-bootstrap.ts';
import { type EvaluationRunView, getRun, type RunQuestion } from './runs.ts';
import { type QuestionMeasure, questionMeasures } from './summarize-run.ts';

export interface RunComparison {
  before: EvaluationRunView;
  after: EvaluationRunView;
  /** After minus before, over the questions that both runs asked and judged; null where there is none. */
  differences: Record<QuestionMeasure, MeanDifference | null>;
}

/** How one run differs from another, measure by measure, with how sure that is. @throws AppError `not-found`. */
export async function compareRuns(
  deps: Deps,
  scope: TwinScope,
  { beforeId, afterId }: { beforeId: string; afterId: string },
): Promise<RunComparison> {
  const before = await getRun(deps, scope, beforeId);
  const after = await getRun(deps, scope, afterId);
  const earlier = new Map(before.questions.map((asked) => [keyOf(asked), asked]));
  const differenceIn = (measure: QuestionMeasure): MeanDifference | null => {
    const differences = after.questions.flatMap((asked) => {
      const now = asked.result?.[measure];
      const then = earlier.get(keyOf(asked))?.result?.[measure];
      return typeof now === 'number' && typeof then === 'number' ? [now - then] : [];
    });
    return pairedBootstrap(differences) ?? null;
  };
  const entries = questionMeasures.map((measure) => [measure, differenceIn(measure)] as const);
  return {
    before: before.run,
    after: after.run,
    differences: Object.fromEntries(entries) as RunComparison['differences'],
  };
}

function keyOf({ question }: RunQuestion): string {
  return JSON.stringify([question.question, question.history]);
}
