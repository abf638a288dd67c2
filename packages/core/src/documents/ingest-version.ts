import { deleteDocumentTexts } from '@twin/db/queries/document-texts';
import { claimVersion, releaseVersion } from '@twin/db/queries/version-tries';
import { findVersion, type UnfinishedStage, updateVersionAt, type VersionRow } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { asAppError } from '../as-app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { persist } from '../persist.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { chunkVersion } from './chunk-version.ts';
import { embedVersion } from './embed-version.ts';
import { mayPass } from './may-pass.ts';
import { publishVersion } from './publish-version.ts';
import { readVersion } from './read-version.ts';
import { isFinalStage, type StageStep, type Standing } from './stages.ts';
import { watchWithdrawal } from './watch-withdrawal.ts';

const steps: Record<Exclude<UnfinishedStage, 'queued'>, StageStep> = {
  reading: readVersion,
  chunking: chunkVersion,
  embedding: embedVersion,
  publishing: publishVersion,
};

/** How long a model that is down may hold a document up, with a server running to see it, before the document fails. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

/**
 * Takes a version from the stage it stands at to `ready`: reading → chunking → embedding → publishing. The stage is in the
 * database before and after each step, so a process killed at any line leaves a version that the next call takes up.
 *
 * What the document cannot be helped with (unreadable, refused by the model, three crashes at one stage, ten servers that
 * died at it) is recorded as `failed` with its stage and reason, and this resolves. What may pass (the model or the database
 * is unreachable, this process is stopping, its reader died the first time) leaves the stage as it is and rejects, so that
 * the queue tries again later.
 *
 * @param options.until the stage to leave to another call.
 */
export async function ingestVersion(
  deps: Deps,
  scope: TwinScope,
  versionId: number,
  signal: AbortSignal,
  { until }: { until?: UnfinishedStage } = {},
): Promise<void> {
  const claimed = await claimVersion(deps.db, scope, versionId);
  if (claimed === undefined) return;
  announceIngestion(deps, scope, versionId);
  if (claimed.attempts > limits.ingestAttemptsMax) {
    await failVersion(deps, scope, claimed, serversDied(claimed.file_name));
    return;
  }
  using withdrawal = watchWithdrawal(deps, scope, versionId);
  const stopped = AbortSignal.any([signal, withdrawal.signal]);
  let next: Standing | undefined = { version: claimed, inHand: {} };
  while (next !== undefined && !isFinalStage(next.version.stage)) {
    const { version }: Standing = next;
    if (version.stage === until) {
      await releaseVersion(deps.db, scope, versionId);
      return;
    }
    try {
      stopped.throwIfAborted();
      // Once it is published it is not at work any more, as if it were withdrawn; what it replaces has still to go.
      const end = version.stage === 'publishing' ? signal : stopped;
      next = await steps[version.stage as keyof typeof steps](deps, scope, next, end);
    } catch (error) {
      if (withdrawal.signal.aborted) return;
      // What is not written counts as the death of a server, also when it was the database that was away.
      const insist = <Result>(work: () => Promise<Result>) =>
        signal.aborted ? work() : persist(deps, { versionId }, work);
      const current = await insist(() => findVersion(deps.db, scope, versionId));
      if (current?.stage !== version.stage) return;
      const settled = await insist(() => settleProblem(deps, scope, current, error, signal));
      if (settled === 'again') throw error;
      return;
    }
    announceIngestion(deps, scope, versionId);
  }
}

/**
 * Records what went wrong, and says whether trying again later may help. The attempt is taken back, unless the document fails.
 * @param version as it was read once: what is written says how many there are, and may be written twice.
 */
async function settleProblem(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  error: unknown,
  signal: AbortSignal,
): Promise<'over' | 'again'> {
  const attempts = Math.max(0, version.attempts - 1);
  if (signal.aborted) {
    await updateVersionAt(deps.db, scope, version.id, version.stage, { attempts });
    return 'again';
  }
  const log = { error, versionId: version.id, stage: version.stage };
  const known = toAppError(error, version.file_name);
  if (mayPass(error)) {
    if ((await postpone(deps, scope, version, known)) < PATIENCE_MS) {
      deps.logger.warn(log, 'ingestion waits');
      return 'again';
    }
  } else if (isCrash(error)) {
    const crashes = version.crashes + 1;
    await updateVersionAt(deps.db, scope, version.id, version.stage, { attempts, crashes });
    if (crashes < limits.ingestCrashesMax) {
      deps.logger.error(log, 'ingestion stumbled and is tried again');
      return 'again';
    }
  }
  deps.logger.warn(log, 'ingestion failed');
  await failVersion(deps, scope, version, known.reason === 'crashed' ? readersDied(version.file_name) : known);
  return 'over';
}

/** The document's own doing, or a fault in this program that it brings to light; nothing that a reader found in it. */
function isCrash(error: unknown): boolean {
  return !(error instanceof AppError) || error.reason === 'crashed';
}

async function failVersion(deps: Deps, scope: TwinScope, version: VersionRow, error: AppError): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await updateVersionAt(tx, scope, version.id, version.stage, {
      stage: 'failed',
      failed_stage: version.stage,
      error_code: error.reason ?? error.code,
      error_message: error.message,
      isFinished: true,
    });
    // What had come of a long table is no document.
    if (version.stage === 'reading') await deleteDocumentTexts(tx, scope, [version.id]);
  });
  announceIngestion(deps, scope, version.id);
}

/**
 * Takes the attempt back and notes why the version has to wait. Returns how long it has been waiting for that, in ms. From one
 * such call to the next counts as the longest wait between two tries at most: what is longer was a time without a server.
 */
async function postpone(deps: Deps, scope: TwinScope, version: VersionRow, error: AppError): Promise<number> {
  const now = deps.clock.now();
  const sinceSeen = now - (version.waited_at?.getTime() ?? now);
  const waited = version.waited_ms + Math.min(Math.max(sinceSeen, 0), limits.retryAfterMsMax);
  await updateVersionAt(deps.db, scope, version.id, version.stage, {
    attempts: Math.max(0, version.attempts - 1),
    error_code: error.reason ?? error.code,
    error_message: error.message,
    waited_ms: waited,
    waited_at: new Date(now),
  });
  announceIngestion(deps, scope, version.id);
  return waited;
}

function toAppError(error: unknown, fileName: string): AppError {
  const known = asAppError(error);
  if (known !== undefined) return known;
  return new AppError('internal', `Something went wrong with “${fileName}”. Try it again; the log has the details.`, {
    cause: error,
  });
}

function readersDied(fileName: string): AppError {
  const message =
    `“${fileName}” brought its reading down ${limits.ingestCrashesMax} times. The file may be damaged, or the server short of ` +
    'memory: try it again when the server has less to do, or save it anew or export it as PDF, and upload that.';
  return new AppError('unreadable-document', message, { reason: 'crashed' });
}

function serversDied(fileName: string): AppError {
  const message =
    `The server ended ${limits.ingestAttemptsMax} times in the middle of “${fileName}”. Try it again; ` +
    'if the server ends with it once more, save the file anew or export it as PDF, and upload that.';
  return new AppError('internal', message, { reason: 'server-ended' });
}
