import { findAnswerState } from '@twin/db/queries/messages';
import { listTurnEvents } from '@twin/db/queries/turn-events';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Principal, visitorIdOf } from '../principal.ts';
import { createWakeUp } from '../wake-up.ts';
import type { ChatEvent } from './chat-event.ts';
import { endIfStale, staleAnswerMs } from './end-stale-answers.ts';

export interface TurnPosition {
  messageId: string;
  /** 0 for everything. */
  afterSequence: number;
}

/** Announcements come at once; this is for answers that another process writes. */
const pollMs = 500;
const batchMax = 200;

/**
 * An answer's events after a position: those in the log, then those to come, until `answer-end`. Any number of readers
 * may watch, leave and return; the answer does not notice. Ends quietly when the signal aborts, when the reader had
 * seen everything, or when the answer is deleted. An answer whose writer is gone is ended here.
 *
 * @throws AppError `not-found` when there is no such answer on the principal's side.
 */
export async function* watchTurn(
  deps: Deps,
  principal: Principal,
  { messageId, afterSequence }: TurnPosition,
  signal: AbortSignal,
): AsyncGenerator<{ sequence: number; event: ChatEvent }> {
  const { scope } = principal;
  const asked = { id: messageId, visitorId: visitorIdOf(principal) };
  const news = createWakeUp();
  const unsubscribe = deps.announcements.subscribe(`turn:${messageId}`, news.ring);
  let position = afterSequence;
  try {
    if (!(await findAnswerState(deps.db, scope, asked, staleAnswerMs))) {
      throw new AppError('not-found', 'This answer does not exist; its conversation may have been deleted.');
    }
    for (let ended = false; !signal.aborted; ) {
      const events = await listTurnEvents(deps.db, scope, messageId, { afterSequence: position, limit: batchMax });
      for (const { sequence, event } of events) {
        position = sequence;
        yield { sequence, event: event as ChatEvent };
        if ((event as ChatEvent).type === 'answer-end') return;
      }
      if (events.length === batchMax) continue;
      if (events.length === 0) {
        if (ended) return;
        const state = await findAnswerState(deps.db, scope, asked, staleAnswerMs);
        if (!state) return;
        // Ended between the two reads: its last events are there now.
        ended = state.state !== 'running' || (state.isStale && (await endIfStale(deps, scope, messageId)));
        if (ended) continue;
      }
      await news.wait(pollMs, signal);
    }
  } finally {
    unsubscribe();
  }
}
