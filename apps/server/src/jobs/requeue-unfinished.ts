import type { Deps } from '@twin/core/deps';
import { listUnfinishedVersions, lockVersionAt } from '@twin/db/queries/versions';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import { fromKysely, type PgBoss, type Db as QueueDb } from 'pg-boss';
import { INGESTION_QUEUE, ingestionKey } from './ingestion-queue.ts';

/**
 * Sees to it that every unfinished version has a job, and says how many had lost theirs. A version untouched for
 * `idleMs` only: a job that is just being completed is not lost. Servers that look at the same time make one job together.
 */
export async function requeueUnfinished(
  boss: PgBoss,
  { db, jobs, clock }: Pick<Deps, 'db' | 'jobs' | 'clock'>,
  { idleMs }: { idleMs: number },
): Promise<number> {
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  const unfinished = await listUnfinishedVersions(db, scope);
  const idle = unfinished.filter((version) => clock.now() - version.updated_at.getTime() >= idleMs);
  if (idle.length === 0) return 0;
  // One look for all: thousands may be waiting, and each has its job.
  const queued = new Set((await boss.findJobs(INGESTION_QUEUE)).filter(isUnfinished).map((job) => job.singletonKey));
  const lost = idle.filter(({ id }) => !queued.has(ingestionKey(scope, id)));
  let requeued = 0;
  for (const { id, stage } of lost) {
    const isMade = await db.transaction().execute(async (tx) => {
      if ((await lockVersionAt(tx, scope, id, stage)) === undefined) return false;
      if (await hasJob(boss, INGESTION_QUEUE, ingestionKey(scope, id), fromKysely(tx))) return false;
      await jobs.enqueueIngestion(tx, scope, id);
      return true;
    });
    requeued += isMade ? 1 : 0;
  }
  return requeued;
}

export async function hasJob(boss: PgBoss, queue: string, key: string, db?: QueueDb): Promise<boolean> {
  const jobs = await boss.findJobs(queue, { key, ...(db && { db }) });
  return jobs.some(isUnfinished);
}

/** Removes the jobs that a dead process of the embedded database held: no other process can be at them. */
export async function removeOrphanedJobs(boss: PgBoss, queue: string): Promise<void> {
  const jobs = await boss.findJobs(queue);
  const held = jobs.filter(({ state }) => state === 'active' || state === 'retry').map(({ id }) => id);
  if (held.length > 0) await boss.deleteJob(queue, held);
}

function isUnfinished({ state }: { state: string }): boolean {
  return state === 'created' || state === 'retry' || state === 'active';
}
