import type { Deps } from '@twin/core/deps';
import { listUnfinishedVersions } from '@twin/db/queries/versions';
import { LOCAL_TWIN_ID, mintTwinScope } from '@twin/db/scope';
import type { PgBoss } from 'pg-boss';
import { INGESTION_QUEUE, ingestionKey } from './ingestion-queue.ts';

/**
 * Sees to it that every unfinished version has a job, and says how many had lost theirs. A version untouched for
 * `idleMs` only: a job that is just being completed is not lost.
 */
export async function requeueUnfinished(
  boss: PgBoss,
  { db, jobs, clock }: Pick<Deps, 'db' | 'jobs' | 'clock'>,
  { idleMs }: { idleMs: number },
): Promise<number> {
  const scope = mintTwinScope(LOCAL_TWIN_ID);
  const unfinished = await listUnfinishedVersions(db, scope);
  const idle = unfinished.filter((version) => clock.now() - version.updated_at.getTime() >= idleMs);
  let requeued = 0;
  for (const { id } of idle) {
    if (await hasJob(boss, INGESTION_QUEUE, ingestionKey(scope, id))) continue;
    await db.transaction().execute((tx) => jobs.enqueueIngestion(tx, scope, id));
    requeued += 1;
  }
  return requeued;
}

export async function hasJob(boss: PgBoss, queue: string, key: string): Promise<boolean> {
  const jobs = await boss.findJobs(queue, { key });
  return jobs.some(({ state }) => state === 'created' || state === 'retry' || state === 'active');
}

/** Removes the jobs that a dead process of the embedded database held: no other process can be at them. */
export async function removeOrphanedJobs(boss: PgBoss, queue: string): Promise<void> {
  const jobs = await boss.findJobs(queue);
  const held = jobs.filter(({ state }) => state === 'active' || state === 'retry').map(({ id }) => id);
  if (held.length > 0) await boss.deleteJob(queue, held);
}
