import { setTimeout as delay } from 'node:timers/promises';
import type { Deps } from '@twin/core/deps';
import type { JobQueue, Logger } from '@twin/core/ports';
import type { DatabaseHandle } from '@twin/db/client';
import { fromKysely, type PgBoss, type Queue } from 'pg-boss';
import { createBoss } from './create-boss.ts';
import { ERASURE_QUEUE, type ErasureJob, erasureQueueOptions, workOnErasures } from './erasure-queue.ts';
import {
  EVALUATION_QUEUE,
  type EvaluationJob,
  evaluationQueueOptions,
  requeueUnfinishedRuns,
  workOnEvaluations,
} from './evaluation-queue.ts';
import {
  INGESTION_QUEUE,
  type IngestionJob,
  ingestionKey,
  ingestionQueueOptions,
  workOnIngestions,
} from './ingestion-queue.ts';
import {
  MODEL_CHANGE_QUEUE,
  type ModelChangeJob,
  modelChangeQueueOptions,
  requeueUnfinishedModelChanges,
  workOnModelChanges,
} from './model-change-queue.ts';
import { removeOrphanedJobs, requeueUnfinished } from './requeue-unfinished.ts';
import { createUnlockedReadings } from './unlocked-readings.ts';

export interface Jobs {
  queue: JobQueue;
  /** Starts taking jobs; first those a dead process left. */
  work(deps: Deps): Promise<void>;
  /** Rejects unless jobs are being taken: a worker is busy, or has asked the queue within the last minute. */
  check(): Promise<void>;
  /** Takes no more jobs, interrupts those under way and leaves them to be taken up again. */
  stop(): Promise<void>;
}

const SWEEP_MS = 60_000;
const STOP_MS_MAX = 10_000;
/** Workers ask every few seconds, also while there is nothing to do. */
const ASKED_MS_MAX = 60_000;

/**
 * Opens the durable queue in the product's database, on a server with at most `connectionsMax` connections of its own.
 * Both kinds of home need one call of `work` for jobs to be done.
 */
export async function openJobs(database: DatabaseHandle, logger: Logger, connectionsMax: number): Promise<Jobs> {
  const boss = createBoss(database, logger, connectionsMax);
  await boss.start();
  await openQueue(boss, INGESTION_QUEUE, ingestionQueueOptions);
  await openQueue(boss, ERASURE_QUEUE, erasureQueueOptions);
  await openQueue(boss, EVALUATION_QUEUE, evaluationQueueOptions);
  await openQueue(boss, MODEL_CHANGE_QUEUE, modelChangeQueueOptions);
  const stopping = new AbortController();
  const unlocked = createUnlockedReadings(stopping.signal);
  let working: Deps | undefined;
  let sweep: NodeJS.Timeout | undefined;
  return {
    queue: {
      ...createJobQueue(boss),
      ingestUnlocked(scope, versionId, password) {
        // Nobody is answered before the jobs are being worked on.
        if (working !== undefined) unlocked.start(working, scope, versionId, password);
      },
    },
    async work(deps) {
      working = deps;
      if (database.home === 'embedded') {
        for (const queue of [INGESTION_QUEUE, EVALUATION_QUEUE, MODEL_CHANGE_QUEUE])
          await removeOrphanedJobs(boss, queue);
      }
      const requeued = await requeueUnfinished(boss, deps, { idleMs: 0 });
      if (requeued > 0) logger.info({ requeued }, 'unfinished documents are taken up again');
      await requeueUnfinishedRuns(boss, deps);
      await requeueUnfinishedModelChanges(boss, deps);
      sweep = setInterval(() => {
        requeueUnfinished(boss, deps, { idleMs: SWEEP_MS }).catch((error: unknown) => {
          logger.error({ error }, 'could not look for documents without a job');
        });
      }, SWEEP_MS);
      await workOnErasures(boss, deps);
      await workOnIngestions(boss, deps, stopping.signal);
      await workOnEvaluations(boss, deps, stopping.signal);
      await workOnModelChanges(boss, deps, stopping.signal);
    },
    async check() {
      const askedAfter = Date.now() - ASKED_MS_MAX;
      const atWork = boss.getWipData().some(({ count, createdOn, lastFetchedOn }) => {
        return count > 0 || (lastFetchedOn ?? createdOn) > askedAfter;
      });
      if (!atWork || stopping.signal.aborted) throw new Error('No jobs are being taken');
    },
    async stop() {
      stopping.abort(new Error('The server is stopping'));
      clearInterval(sweep);
      const givenUp = delay(STOP_MS_MAX, undefined, { ref: false });
      await Promise.all([
        Promise.race([unlocked.settled(), givenUp]),
        boss.stop({ graceful: true, timeout: STOP_MS_MAX }),
      ]);
    },
  };
}

async function openQueue(boss: PgBoss, name: string, options: Omit<Queue, 'name'>): Promise<void> {
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options);
  // Any look at the queue makes the engine remember its settings. Without that, sending within a transaction would ask
  // for them outside of it, and on one connection wait for itself.
  await boss.findJobs(name, { key: 'none' });
}

function createJobQueue(boss: PgBoss): Omit<JobQueue, 'ingestUnlocked'> {
  return {
    async enqueueIngestion(tx, scope, versionId) {
      const job: IngestionJob = { twinId: scope.twinId, versionId };
      await boss.send(INGESTION_QUEUE, job, { db: fromKysely(tx), singletonKey: ingestionKey(scope, versionId) });
    },
    async enqueueErasure(tx, scope, documentId, { afterSeconds }) {
      const job: ErasureJob = { twinId: scope.twinId, documentId };
      await boss.send(ERASURE_QUEUE, job, { db: fromKysely(tx), startAfter: afterSeconds });
    },
    async removeIngestions(tx, scope, versionIds) {
      const db = fromKysely(tx);
      for (const versionId of versionIds) {
        const jobs = await boss.findJobs(INGESTION_QUEUE, { key: ingestionKey(scope, versionId), db });
        if (jobs.length > 0)
          await boss.deleteJob(
            INGESTION_QUEUE,
            jobs.map(({ id }) => id),
            { db },
          );
      }
    },
    async enqueueEvaluation(tx, scope, runId) {
      const job: EvaluationJob = { twinId: scope.twinId, runId };
      await boss.send(EVALUATION_QUEUE, job, { db: fromKysely(tx), singletonKey: runId });
    },
    async enqueueModelChange(tx, scope, changeId) {
      const job: ModelChangeJob = { twinId: scope.twinId, changeId };
      await boss.send(MODEL_CHANGE_QUEUE, job, { db: fromKysely(tx), singletonKey: changeId });
    },
  };
}
