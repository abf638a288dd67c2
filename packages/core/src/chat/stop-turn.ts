import { findAnswerState } from '@twin/db/queries/messages';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Principal, visitorIdOf } from '../principal.ts';
import { endAnswer } from './end-answer.ts';
import { staleAnswerMs } from './end-stale-answers.ts';
import type { TurnRunner } from './turn-runner.ts';

/**
 * Stops an answer, keeping what it says so far. Written by this process, its request to the model is aborted at once;
 * written by another, that process notices with its next words or heartbeat, within about a second.
 *
 * @returns false when the answer had ended before.
 * @throws AppError `not-found` when there is no such answer.
 */
export async function stopTurn(
  deps: Deps,
  turns: TurnRunner,
  principal: Principal,
  messageId: string,
): Promise<boolean> {
  const { scope } = principal;
  const asked = { id: messageId, visitorId: visitorIdOf(principal) };
  // First of all: whoever is not to know of an answer must not stop it.
  if (!(await findAnswerState(deps.db, scope, asked, staleAnswerMs))) {
    throw new AppError('not-found', 'This answer does not exist; its conversation may have been deleted.');
  }
  if (await turns.stop(scope, messageId)) return true;
  return await endAnswer(deps, scope, messageId, { state: 'stopped', model: null });
}
