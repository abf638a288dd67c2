import type { Deps } from '@twin/core/deps';
import { performModelChange } from '@twin/core/embedding-models/perform-model-change';
import { listUnfinishedModelChangeIds } from '@twin/db/queries/model-changes';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import type { PgBoss } from 'pg-boss';
import { ingestionQueueOptions } from './ingestion-queue.ts';
import { hasJob } from './requeue-unfinished.ts';

export const MODEL_CHANGE_QUEUE = 'change-embedding-model';

/** What a job says: which change to take further. Everything else is in the change's row. */
export interface ModelChangeJob {
  twinId: number;
  changeId: string;
}

/** The change's row, not the queue, says when it is over. */
export const modelChangeQueueOptions = ingestionQueueOptions;

/** Takes up changes of the embedding model, one at a time. */
export async function workOnModelChanges(boss: PgBoss, deps: Deps, stopping: AbortSignal): Promise<void> {
  const options = { localConcurrency: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 };
  await boss.work<ModelChangeJob>(MODEL_CHANGE_QUEUE, options, async ([job]) => {
    if (job === undefined) return;
    const { twinId, changeId } = job.data;
    await performModelChange(deps, mintTwinScope(twinId), changeId, AbortSignal.any([job.signal, stopping]));
  });
}

/** Sees to it that an unfinished change has a job: one killed with its process is taken up again. */
export async function requeueUnfinishedModelChanges(
  boss: PgBoss,
  { db, jobs }: Pick<Deps, 'db' | 'jobs'>,
): Promise<void> {
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  for (const changeId of await listUnfinishedModelChangeIds(db, scope)) {
    if (await hasJob(boss, MODEL_CHANGE_QUEUE, changeId)) continue;
    await db.transaction().execute((tx) => jobs.enqueueModelChange(tx, scope, changeId));
  }
}
