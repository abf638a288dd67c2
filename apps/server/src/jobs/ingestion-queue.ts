import { AppError } from '@twin/core/app-error';
import type { Deps } from '@twin/core/deps';
import { ingestVersion } from '@twin/core/documents/ingest-version';
import { limits } from '@twin/core/limits';
import { mintTwinScope, type TwinScope } from '@twin/db/scope';
import type { Job, PgBoss, Queue } from 'pg-boss';

export const INGESTION_QUEUE = 'ingest-version';

/** Documents read at once by one process. */
const CONCURRENCY = 2;

/** What a job says: which version to take further. Everything else is in the version's row. */
export interface IngestionJob {
  twinId: number;
  versionId: number;
}

/**
 * A job is tried until the version is at a final stage. The version's row, not the queue, decides when to give up: it
 * knows crashes from a model that is away.
 */
export const ingestionQueueOptions: Omit<Queue, 'name'> = {
  retryLimit: 10_000,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 120,
  // A worker that has died stops its heartbeat; its jobs are then taken by another, within some 20 s.
  heartbeatSeconds: 15,
  expireInSeconds: 12 * 60 * 60,
  deleteAfterSeconds: 60 * 60,
  notify: true,
};

/** By which the jobs of one version are found. */
export function ingestionKey({ twinId }: Pick<TwinScope, 'twinId'>, versionId: number): string {
  return `${twinId}:${versionId}`;
}

/** Takes documents up, one right after the other while there are any. */
export async function workOnIngestions(boss: PgBoss, deps: Deps, stopping: AbortSignal): Promise<void> {
  const options = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };
  for (let worker = 0; worker < CONCURRENCY; worker += 1) {
    let workerId: string | undefined;
    workerId = await boss.work<IngestionJob>(INGESTION_QUEUE, options, async ([job]) => {
      try {
        if (job !== undefined) await workOn(boss, deps, job, stopping);
      } finally {
        // By itself a worker that has done a job, or failed at it, sleeps for the rest of its interval, whatever waits in
        // the queue. One that failed is not among that: it comes again after its delay.
        if (workerId !== undefined) boss.notifyWorker(workerId);
      }
    });
  }
}

async function workOn(boss: PgBoss, deps: Deps, job: Job<IngestionJob>, stopping: AbortSignal): Promise<void> {
  const { twinId, versionId } = job.data;
  const scope = mintTwinScope(twinId);
  try {
    await ingestVersion(deps, scope, versionId, AbortSignal.any([job.signal, stopping]));
  } catch (error) {
    if (!(error instanceof AppError) || error.retryAfterMs === undefined) throw error;
    // The model said when to come back: that beats the queue's own pace.
    const startAfter = Math.ceil(Math.min(error.retryAfterMs, limits.retryAfterMsMax) / 1000);
    await boss.send(INGESTION_QUEUE, job.data, { startAfter, singletonKey: ingestionKey(scope, versionId) });
  }
}
