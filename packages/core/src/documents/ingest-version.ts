import {
  claimVersion,
  findVersion,
  releaseVersion,
  type UnfinishedStage,
  updateVersionAt,
  type VersionRow,
} from '@twin/db/queries/versions';
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
import { isFinalStage, type StageStep } from './stages.ts';
import { watchWithdrawal } from './watch-withdrawal.ts';

const steps: Record<Exclude<UnfinishedStage, 'queued'>, StageStep> = {
  reading: readVersion,
  chunking: chunkVersion,
  embedding: embedVersion,
  publishing: publishVersion,
};

/** How long a model that is down may hold a document up before the document fails. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

/**
 * Takes a version from the stage it stands at to `ready`: reading → chunking → embedding → publishing. The stage is in the
 * database before and after each step, so a process killed at any line leaves a version that the next call takes up.
 *
 * What the document cannot be helped with (unreadable, refused by the model, three crashes at one stage) is recorded as
 * `failed` with its stage and reason, and this resolves. What may pass (the model or the database is unreachable, this
 * process is stopping) leaves the stage as it is and rejects, so that the queue tries again later.
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
    await failVersion(deps, scope, claimed, gaveUp(claimed.file_name));
    return;
  }
  using withdrawal = watchWithdrawal(deps, scope, versionId);
  const stopped = AbortSignal.any([signal, withdrawal.signal]);
  let next: VersionRow | undefined = claimed;
  while (next !== undefined && !isFinalStage(next.stage)) {
    if (next.stage === until) {
      await releaseVersion(deps.db, scope, versionId);
      return;
    }
    const version: VersionRow = next;
    try {
      stopped.throwIfAborted();
      next = await steps[version.stage as keyof typeof steps](deps, scope, version, stopped);
    } catch (error) {
      if (withdrawal.signal.aborted) return;
      const settle = () => settleProblem(deps, scope, version, error, signal);
      // What is not written counts as a crash of this document, also when it was the database that was away.
      const settled = await (signal.aborted ? settle() : persist(deps, { versionId }, settle));
      if (settled === 'again') throw error;
      return;
    }
    announceIngestion(deps, scope, versionId);
  }
}

/** Records what went wrong, and says whether trying again later may help. */
async function settleProblem(
  deps: Deps,
  scope: TwinScope,
  version: VersionRow,
  error: unknown,
  signal: AbortSignal,
): Promise<'over' | 'again'> {
  const current = await findVersion(deps.db, scope, version.id);
  if (current?.stage !== version.stage) return 'over';
  if (signal.aborted) {
    await releaseVersion(deps.db, scope, version.id);
    return 'again';
  }
  const log = { error, versionId: version.id, stage: version.stage };
  if (mayPass(error) && deps.clock.now() - (version.started_at?.getTime() ?? 0) < PATIENCE_MS) {
    deps.logger.warn(log, 'ingestion waits');
    await recordProblem(deps, scope, version, toAppError(error, version.file_name));
    await releaseVersion(deps.db, scope, version.id);
    return 'again';
  }
  if (!(error instanceof AppError) && current.attempts < limits.ingestAttemptsMax) {
    deps.logger.error(log, 'ingestion stumbled and is tried again');
    return 'again';
  }
  deps.logger.warn(log, 'ingestion failed');
  await failVersion(deps, scope, version, toAppError(error, version.file_name));
  return 'over';
}

async function failVersion(deps: Deps, scope: TwinScope, version: VersionRow, error: AppError): Promise<void> {
  await updateVersionAt(deps.db, scope, version.id, version.stage, {
    stage: 'failed',
    failed_stage: version.stage,
    error_code: error.reason ?? error.code,
    error_message: error.message,
    isFinished: true,
  });
  announceIngestion(deps, scope, version.id);
}

async function recordProblem(deps: Deps, scope: TwinScope, version: VersionRow, error: AppError): Promise<void> {
  await updateVersionAt(deps.db, scope, version.id, version.stage, {
    error_code: error.reason ?? error.code,
    error_message: error.message,
  });
  announceIngestion(deps, scope, version.id);
}

function toAppError(error: unknown, fileName: string): AppError {
  const known = asAppError(error);
  if (known !== undefined) return known;
  return new AppError('internal', `Something went wrong with “${fileName}”. Try it again; the log has the details.`, {
    cause: error,
  });
}

function gaveUp(fileName: string): AppError {
  const message = `“${fileName}” brought its reading down ${limits.ingestAttemptsMax} times. Save it anew or export it as PDF, and upload that.`;
  return new AppError('unreadable-document', message, { reason: 'crashed' });
}
