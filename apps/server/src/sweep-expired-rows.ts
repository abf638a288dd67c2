import { type SweepCounts, sweepDatabase } from '@twin/core/maintenance/sweep-database';
import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { installationScope } from './auth/authenticate.ts';

const everyMs = 60 * 60_000;

/**
 * Deletes what has expired, now and once an hour, until the returned function is called; it waits for a sweep under way.
 * Of several servers one sweeps at a time, and the others leave it to that one.
 */
export function sweepExpiredRows(db: Db, logger: Logger, onSwept: (counts: SweepCounts) => void): () => Promise<void> {
  const sweep = async () => {
    try {
      const report = await sweepDatabase({ db }, installationScope);
      if (report === undefined) return;
      onSwept(report.counts);
      logger.debug({ ...report.counts }, 'deleted expired rows');
      for (const failure of report.failures) {
        logger.warn({ ...failure }, 'could not delete some expired rows; the next hour tries again');
      }
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
