import {
  findNextQuestion,
  listEvaluationResults,
  updateEvaluationResult,
  updateEvaluationRun,
} from '@twin/db/queries/evaluation-runs';
import type { TwinScope } from '@twin/db/scope';
import { AppError, type AppErrorCode } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { evaluateQuestion } from './evaluate-question.ts';
import type { GoldenQuestion } from './golden-question.ts';
import { type AskedQuestion, summarizeRun } from './summarize-run.ts';

/**
 * Takes a run from where it stands to its end: `queued` → `running` → `done`. Each answered question is kept at once, so a
 * process killed at any line costs one question; the next call goes on with that one. A run that was canceled stays so.
 *
 * @throws what a question fails with that may pass (the model is away, the process stops), for the queue to try again.
 * Anything else ends the run as `failed`, with its reason.
 */
export async function performRun(deps: Deps, scope: TwinScope, runId: string, signal: AbortSignal): Promise<void> {
  const isOurs = () => updateEvaluationRun(deps.db, scope, runId, ['queued', 'running'], { state: 'running' });
  while (await isOurs()) {
    signal.throwIfAborted();
    const next = await findNextQuestion(deps.db, scope, runId);
    if (next === undefined) {
      await finishRun(deps, scope, runId);
      return;
    }
    try {
      const result = await evaluateQuestion(deps, scope, next.question as GoldenQuestion, signal);
      await updateEvaluationResult(deps.db, scope, runId, { ordinal: next.ordinal, result });
    } catch (error) {
      if (signal.aborted || !isFinal(error)) throw error;
      await updateEvaluationRun(deps.db, scope, runId, ['running'], { state: 'failed', error: error.message });
      return;
    }
  }
}

async function finishRun(deps: Deps, scope: TwinScope, runId: string): Promise<void> {
  const rows = await listEvaluationResults(deps.db, scope, runId);
  const measures = summarizeRun(rows.map(({ question, result }) => ({ question, result }) as AskedQuestion));
  await updateEvaluationRun(deps.db, scope, runId, ['running'], { state: 'done', measures });
}

/** What asking again may heal: the model or the database is away, or the process stops. */
const passing: ReadonlySet<AppErrorCode> = new Set([
  'model-unavailable',
  'model-rate-limited',
  'database-unavailable',
  'server-outdated',
  'storage-full',
  'overloaded',
  'canceled',
]);

/** What asking again cannot heal, such as a question too long for the model. */
function isFinal(error: unknown): error is AppError {
  return error instanceof AppError && !passing.has(error.code);
}
