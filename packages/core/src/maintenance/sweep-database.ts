import { randomUUID } from 'node:crypto';
import type { Db } from '@twin/db/db';
import { isDatabaseUnavailable } from '@twin/db/is-database-unavailable';
import { liftStatementBoundOf } from '@twin/db/lift-statement-bound';
import { deleteCacheLease, renewCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import { lockDocumentsLeftDeleted } from '@twin/db/queries/deleted-documents';
import { deleteUnusedEmbeddingModels } from '@twin/db/queries/embedding-models';
import { CleanupError, cleanupExpiredEntries, type ExpiredRowCounts } from '@twin/db/queries/expired-rows';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { eraseContents, removeLongContents } from '../documents/erase-documents.ts';

export type SweepCounts = ExpiredRowCounts & { deletedDocuments: number; retiredModels: number };

export interface SweepReport {
  /** Rows that each task deleted. */
  counts: SweepCounts;
  /** Tasks that could not be done; the next sweep tries them again. */
  failures: { task: string; error: unknown }[];
}

/** So long after a switch the embedding model before it can still be gone back to, and an unfinished change be gone on with. */
const unusedModelDays = 30;
/** A job erases a deleted document within a minute: by now it was lost. */
const leftDeletedSeconds = 60 * 60;
/** Of one transaction: each takes its passages, words and vectors with it, thousands of rows. */
const documentsAtOnce = 5;
export const sweepLeaseKey = 'maintenance:sweep';
/** Renewed three times within this: a process that dies while it sweeps keeps the others from it for no longer. */
const leaseSeconds = 60;

/**
 * Deletes what has expired, what unfinished work left behind, deleted documents whose erasure was lost, and the vectors of
 * models that nobody goes back to any more.
 * A task that fails keeps none of the others from being done, unless it is because the database cannot be reached. Undefined when another process is at it, which is then left
 * to it.
 */
export async function sweepDatabase({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<SweepReport | undefined> {
  const lease = { key: sweepLeaseKey, holder: randomUUID() };
  if (!(await takeCacheLease(db, scope, { ...lease, leaseSeconds }))) return undefined;
  // A renewal that fails leaves the lease as it is: the next one comes before it runs out.
  const renewal = setInterval(
    () => void renewCacheLease(db, scope, { ...lease, leaseSeconds }).catch(() => undefined),
    (leaseSeconds * 1000) / 3,
  ).unref();
  try {
    return await sweep(db, scope);
  } finally {
    clearInterval(renewal);
    // What was done is told all the same; the lease runs out by itself.
    await deleteCacheLease(db, scope, lease).catch(() => undefined);
  }
}

async function sweep(db: Db, scope: TwinScope): Promise<SweepReport> {
  const failures: SweepReport['failures'] = [];
  const counts = await cleanupExpiredEntries(db, scope).catch((error: unknown) => {
    if (!(error instanceof CleanupError)) throw error;
    failures.push(...error.failures);
    return error.counts;
  });
  const attempt = async (task: string, work: () => Promise<number>) => {
    if (failures.some(({ error }) => isDatabaseUnavailable(error))) return 0;
    return await work().catch((error: unknown) => {
      failures.push({ task, error });
      return 0;
    });
  };
  const deletedDocuments = await attempt('deletedDocuments', () => eraseLeftDocuments(db, scope));
  const retiredModels = await attempt('retiredModels', async () => {
    return (await db.transaction().execute((tx) => deleteUnusedEmbeddingModels(tx, unusedModelDays))).length;
  });
  return { counts: { ...counts, deletedDocuments, retiredModels }, failures };
}

/** What is queued for them is left: whoever takes it up finds nothing to do. */
async function eraseLeftDocuments(db: Db, scope: TwinScope): Promise<number> {
  let count = 0;
  const left = { seconds: leftDeletedSeconds, limit: documentsAtOnce };
  for (;;) {
    for (const id of await db.transaction().execute(async (tx) => await lockDocumentsLeftDeleted(tx, scope, left))) {
      await removeLongContents({ db }, scope, id, left.seconds);
    }
    const erased = await db.transaction().execute(async (tx) => {
      // As where one document is erased: it takes thousands of rows with it.
      await liftStatementBoundOf(tx);
      const ids = await lockDocumentsLeftDeleted(tx, scope, left);
      if (ids.length > 0) await eraseContents(tx, scope, ids);
      return ids.length;
    });
    count += erased;
    if (erased < documentsAtOnce) return count;
  }
}
