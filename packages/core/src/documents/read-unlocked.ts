import { findUnfinishedVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { ingestVersion } from './ingest-version.ts';

/**
 * Reads a version's file with a password that opens it, and queues what comes after: that needs none. Where the reading
 * fails for a reason that may pass, the job finds the file locked, and the person is asked again.
 *
 * @throws Error when this process is stopping or the database is away: the version is then left to the next look for
 * versions without a job.
 */
export async function readUnlocked(
  deps: Deps,
  scope: TwinScope,
  { versionId, password }: { versionId: number; password: string },
  signal: AbortSignal,
): Promise<void> {
  const reader: Deps['reader'] = { read: (file, options) => deps.reader.read({ ...file, password }, options) };
  try {
    await ingestVersion({ ...deps, reader }, scope, versionId, signal, { until: 'chunking' });
  } catch {
    // It is in the log, and in the version's row where it is worth telling.
    signal.throwIfAborted();
  }
  await deps.db.transaction().execute(async (tx) => {
    const unfinished = await findUnfinishedVersion(tx, scope, versionId);
    if (unfinished !== undefined) await deps.jobs.enqueueIngestion(tx, scope, versionId);
  });
}
