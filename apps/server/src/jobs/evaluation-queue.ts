import type { Deps } from '@twin/core/deps';
import { performRun } from '@twin/core/evaluation/perform-run';
import { listUnfinishedRunIds } from '@twin/db/queries/evaluation-runs';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import type { PgBoss } from 'pg-boss';
import { ingestionQueueOptions } from './ingestion-queue.ts';
import { hasJob } from './requeue-unfinished.ts';

export const EVALUATION_QUEUE = 'run-evaluation';

/** What a job says: which run to take further. Everything else is in the run's row. */
export interface EvaluationJob {
  twinId: number;
  runId: string;
}

/** The run's row, not the queue, says when it is over. */
export const evaluationQueueOptions = ingestionQueueOptions;

/** Takes up runs one at a time: evaluating is nobody's hurry, and answers should not wait for it. */
export async function workOnEvaluations(boss: PgBoss, deps: Deps, stopping: AbortSignal): Promise<void> {
  const options = { localConcurrency: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
  await boss.work<EvaluationJob>(EVALUATION_QUEUE, options, async ([job]) => {
    if (job === undefined) return;
    const { twinId, runId } = job.data;
    await performRun(deps, mintTwinScope(twinId), runId, AbortSignal.any([job.signal, stopping]));
  });
}

/** Sees to it that every unfinished run has a job: one killed with its process is taken up again. */
export async function requeueUnfinishedRuns(boss: PgBoss, { db, jobs }: Pick<Deps, 'db' | 'jobs'>): Promise<void> {
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  for (const runId of await listUnfinishedRunIds(db, scope)) {
    if (await hasJob(boss, EVALUATION_QUEUE, runId)) continue;
    await db.transaction().execute((tx) => jobs.enqueueEvaluation(tx, scope, runId));
  }
}
