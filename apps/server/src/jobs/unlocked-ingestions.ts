import type { Deps } from '@twin/core/deps';
import { ingestVersion } from '@twin/core/documents/ingest-version';
import { unlockedReader } from '@twin/core/documents/unlocked-reader';
import { touchVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';

export interface UnlockedIngestions {
  start(deps: Deps, scope: TwinScope, versionId: number, password: string): void;
  /** Resolves when none is under way any more. */
  settled(): Promise<void>;
}

/** The sweep takes a version that is untouched for a minute for one whose job is lost. */
const TOUCH_MS = 15_000;

/**
 * Ingestions that need a password, done here without a job: what is in the queue is in the database. One at a time, beside
 * the queue's workers. What fails for a reason that may pass goes on as an ordinary job; it needs no password once its text
 * is read, and before that fails by asking for it again.
 */
export function createUnlockedIngestions(stopping: AbortSignal): UnlockedIngestions {
  let last: Promise<void> = Promise.resolve();
  return {
    start(deps, scope, versionId, password) {
      const alive = setInterval(() => void touchVersion(deps.db, scope, versionId).catch(() => undefined), TOUCH_MS);
      last = last
        .then(() => ingestVersion(withPassword(deps, password), scope, versionId, stopping))
        .catch(() => queueAgain(deps, scope, versionId, stopping))
        .finally(() => clearInterval(alive));
    },
    settled: () => last,
  };
}

function withPassword(deps: Deps, password: string): Deps {
  return { ...deps, reader: unlockedReader(deps.reader, password) };
}

/** What went wrong is in the log already. A process that is stopping leaves the version to the next start. */
async function queueAgain(deps: Deps, scope: TwinScope, versionId: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return;
  try {
    await deps.db.transaction().execute((tx) => deps.jobs.enqueueIngestion(tx, scope, versionId));
  } catch (error) {
    deps.logger.error({ error, versionId }, 'could not queue an unlocked document; the next sweep does');
  }
}
