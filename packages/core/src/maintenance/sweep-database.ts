import { randomUUID } from 'node:crypto';
import { deleteCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import { deleteRetiredEmbeddingModels } from '@twin/db/queries/embedding-models';
import { cleanupExpiredEntries, type ExpiredRowCounts } from '@twin/db/queries/expired-rows';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

export type SweepCounts = ExpiredRowCounts & { retiredModels: number };

/** So long after a switch the embedding model before it can still be gone back to. */
const retiredModelDays = 30;
const leaseKey = 'maintenance:sweep';
/** A process that dies while it sweeps keeps the others from it for so long. */
const leaseSeconds = 600;

/**
 * Deletes what has expired, what unfinished work left behind and the vectors of models that nobody goes back to any more.
 * Returns how much of each; undefined when another process is at it, which is then left to it.
 */
export async function sweepDatabase({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<SweepCounts | undefined> {
  const lease = { key: leaseKey, holder: randomUUID() };
  if (!(await takeCacheLease(db, scope, { ...lease, leaseSeconds }))) return undefined;
  try {
    const counts = await cleanupExpiredEntries(db, scope);
    const models = await db.transaction().execute((tx) => deleteRetiredEmbeddingModels(tx, retiredModelDays));
    return { ...counts, retiredModels: models.length };
  } finally {
    await deleteCacheLease(db, scope, lease);
  }
}
