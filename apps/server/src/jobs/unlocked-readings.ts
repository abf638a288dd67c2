import type { Deps } from '@twin/core/deps';
import { readUnlocked } from '@twin/core/documents/read-unlocked';
import { touchVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';

export interface UnlockedReadings {
  start(deps: Deps, scope: TwinScope, versionId: number, password: string): void;
  /** Resolves when none is under way any more. */
  settled(): Promise<void>;
}

/** The sweep takes a version that is untouched for a minute for one whose job is lost. */
const TOUCH_MS = 15_000;

/**
 * Readings that need a password, done here without a job: what is in the queue is in the database. One at a time, beside
 * the queue's workers, which do the rest of the ingestion.
 */
export function createUnlockedReadings(stopping: AbortSignal): UnlockedReadings {
  let last: Promise<void> = Promise.resolve();
  return {
    start(deps, scope, versionId, password) {
      const alive = setInterval(() => void touchVersion(deps.db, scope, versionId).catch(() => undefined), TOUCH_MS);
      last = last
        .then(() => readUnlocked(deps, scope, { versionId, password }, stopping))
        .catch((error: unknown) => {
          // A process that is stopping leaves the version to the next start.
          if (stopping.aborted) return;
          deps.logger.error({ error, versionId }, 'could not queue an unlocked document; the next sweep does');
        })
        .finally(() => clearInterval(alive));
    },
    settled: () => last,
  };
}
