import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { bootstrap, type MeanDifference, pairedBootstrap } from './paired-bootstrap.ts';
import { refusalF1 } from './refusal-metrics.ts';
import { type EvaluationRunView, getRun, type RunQuestion } from './runs.ts';
import { type QuestionMeasure, questionMeasures, type runMeasureNames } from './summarize-run.ts';

export interface RunComparison {
  before: EvaluationRunView;
  after: EvaluationRunView;
  /** After minus before, over the questions that both runs asked and judged; null where there is none. */
  differences: Record<(typeof runMeasureNames)[number], MeanDifference | null>;
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
  const differences = {
    ...(Object.fromEntries(entries) as Record<QuestionMeasure, MeanDifference | null>),
    refusalF1: refusalDifference(after.questions, earlier),
  };
  return { before: before.run, after: after.run, differences };
}

/** Null where no question that both asked is to be refused. A draw without one has no difference. */
function refusalDifference(
  asked: readonly RunQuestion[],
  earlier: ReadonlyMap<string, RunQuestion>,
): MeanDifference | null {
  const pairs = asked.flatMap((now) => {
    const before = earlier.get(keyOf(now))?.result;
    const shouldRefuse = !now.question.answerable;
    return now.result && before ? [{ shouldRefuse, before: before.refused, after: now.result.refused }] : [];
  });
  if (!pairs.some(({ shouldRefuse }) => shouldRefuse)) return null;
  const f1Of = (drawn: readonly (typeof pairs)[number][], when: 'before' | 'after') =>
    refusalF1(drawn.map((pair) => ({ shouldRefuse: pair.shouldRefuse, refused: pair[when] }))) ?? 0;
  return bootstrap(pairs, (drawn) => f1Of(drawn, 'after') - f1Of(drawn, 'before')) ?? null;
}

function keyOf({ question }: RunQuestion): string {
  return JSON.stringify([question.question, question.history]);
}
