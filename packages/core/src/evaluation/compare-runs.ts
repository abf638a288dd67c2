import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { compareQuestions, type QuestionComparison } from './compare-questions.ts';
import { type EvaluationRunView, getRun, type RunSettings } from './runs.ts';

/** What of a run may differ from another's. How often the library has changed is no difference of what is in it. */
export type ComparedSetting = Exclude<keyof RunSettings, 'corpusVersion'>;

export interface RunComparison extends QuestionComparison {
  before: EvaluationRunView;
  after: EvaluationRunView;
  changedSettings: ComparedSetting[];
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
  const { corpusVersion: _count, ...settings } = after.run.settings;
  const changedSettings = (Object.keys(settings) as ComparedSetting[]).filter(
    (name) => JSON.stringify(settings[name]) !== JSON.stringify(before.run.settings[name]),
  );
  const titles = { ...before.titles, ...after.titles };
  const compared = compareQuestions(before.questions, after.questions);
  return { before: before.run, after: after.run, changedSettings, titles, ...compared };
}
