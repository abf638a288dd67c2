import type { Logger } from '@twin/core/ports';
import type { Db } from '@twin/db/db';
import { cleanupExpiredEntries } from '@twin/db/queries/expired-rows';
import { installationScope } from './auth/authenticate.ts';

const everyMs = 60 * 60_000;

/**
 * Deletes what has expired, now and once an hour, until the returned function is called; it waits for a sweep under way.
 * Two servers may do so at once.
 */
export function sweepExpiredRows(db: Db, logger: Logger): () => Promise<void> {
  const sweep = () =>
    cleanupExpiredEntries(db, installationScope).then(
      (deleted) => logger.debug(deleted, 'deleted expired rows'),
      (error: unknown) => logger.warn({ error }, 'could not delete expired rows; the next hour tries again'),
    );
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}
