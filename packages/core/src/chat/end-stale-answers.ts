import { listStaleMessageIds } from '@twin/db/queries/messages';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { endAnswer, serverStoppedError } from './end-answer.ts';

/** A writer shows itself every second: after so long its process is gone. */
export const staleAnswerMs = 30_000;

/** Ends one answer as failed, with the text it has, if its writer is gone. */
export async function endIfStale(
  deps: Deps,
  scope: TwinScope,
  messageId: string,
  staleMs = staleAnswerMs,
): Promise<boolean> {
  return await endAnswer(
    deps,
    scope,
    messageId,
    { state: 'failed', model: null, error: serverStoppedError },
    { staleMs },
  );
}

/**
 * Ends what a process that died left behind; for start-up, before answers are started. An embedded database has one
 * process, so whatever still runs in it is left behind; on a server another process may be writing.
 *
 * @returns how many answers were ended.
 */
export async function endStaleAnswers(deps: Deps, scope: TwinScope): Promise<number> {
  const staleMs = deps.databaseHome === 'embedded' ? 0 : staleAnswerMs;
  let ended = 0;
  for (const messageId of await listStaleMessageIds(deps.db, scope, staleMs)) {
    if (await endIfStale(deps, scope, messageId, staleMs)) ended += 1;
  }
  return ended;
}
