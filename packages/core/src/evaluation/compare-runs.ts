import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { compareQuestions, type QuestionComparison } from './compare-questions.ts';
import { type EvaluationRunView, getRun } from './runs.ts';

export interface RunComparison extends QuestionComparison {
  before: EvaluationRunView;
  after: EvaluationRunView;
  /** Of documents that are expected or were found, by id, as they are called now; those that are gone have none. */
  titles: Record<string, string>;
}

/**
 * How one run differs from another: measure by measure, with how sure that is, and question by question.
 * @throws AppError `not-found`.
 */
export async function compareRuns(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  { beforeId, afterId }: { beforeId: string; afterId: string },
): Promise<RunComparison> {
  const before = await getRun(deps, scope, beforeId);
  const after = await getRun(deps, scope, afterId);
  const titles = { ...before.titles, ...after.titles };
  return { before: before.run, after: after.run, titles, ...compareQuestions(before.questions, after.questions) };
}
