import { randomUUID } from 'node:crypto';
import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { deleteCacheLease, takeCacheLease } from '@twin/db/queries/cache-leases';
import { deleteRetiredEmbeddingModels } from '@twin/db/queries/embedding-models';
import { cleanupExpiredEntries, type ExpiredRowCounts } from '@twin/db/queries/expired-rows';
import { installationScope } from './auth/authenticate.ts';

const everyMs = 60 * 60_000;
/** So long after a switch the embedding model before it can still be gone back to. */
const retiredModelDays = 30;
const leaseKey = 'maintenance:sweep';
/** A process that dies while it sweeps keeps the others from it for so long. */
const leaseSeconds = 600;

/**
 * Deletes what has expired, now and once an hour, until the returned function is called; it waits for a sweep under way.
 * Of several servers one sweeps at a time, and the others leave it to that one.
 */
export function sweepExpiredRows(
  db: Db,
  logger: Logger,
  onSwept: (counts: ExpiredRowCounts) => void,
): () => Promise<void> {
  const holder = randomUUID();
  const sweep = async () => {
    try {
      if (!(await takeCacheLease(db, installationScope, { key: leaseKey, holder, leaseSeconds }))) return;
      const counts = await cleanupExpiredEntries(db, installationScope);
      onSwept(counts);
      await db.transaction().execute((tx) => deleteRetiredEmbeddingModels(tx, retiredModelDays));
      logger.debug(counts, 'deleted expired rows');
      await deleteCacheLease(db, installationScope, { key: leaseKey, holder });
    } catch (error) {
      logger.warn({ error }, 'could not delete expired rows; the next hour tries again');
    }
  };
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
