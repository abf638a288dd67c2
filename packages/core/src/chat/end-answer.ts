import { finishMessage, lockRunningMessage } from '@twin/db/queries/messages';
import { addTokenUsage } from '@twin/db/queries/token-usage';
import { appendTurnEvents, listTurnEvents } from '@twin/db/queries/turn-events';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { finalUsage } from './answer-usage.ts';
import type { ChatEvent } from './chat-event.ts';
import { eraseWithdrawn } from './erase-withdrawn.ts';
import { foldChatEvent } from './fold-chat-event.ts';
import type { MessageError, MessageView } from './message-view.ts';
import { toMessageView } from './to-message-view.ts';

/** How an answer ended: everything but what it says. */
export type AnswerEnd =
  | { state: 'done'; outcome: MessageView['outcome']; model: string | null }
  | { state: 'stopped'; model: string | null }
  | { state: 'failed'; model: string | null; error: MessageError };

export const serverStoppedError: MessageError = {
  code: 'canceled',
  message: 'The server stopped while answering. Ask again for a whole answer.',
  retryAfterMs: null,
};

export const overtimeError: MessageError = {
  code: 'canceled',
  message: 'The answer took longer than an answer to a visitor may. Ask again, or ask less at once.',
  retryAfterMs: null,
};

/**
 * Ends a running answer in one transaction: its last event, and the message as the events tell it. Whoever comes first
 * ends it; false for everyone after, and when the answer is gone.
 *
 * @param staleMs when given, only an answer whose writer has not been heard of for so long is ended.
 */
export async function endAnswer(
  deps: Deps,
  scope: TwinScope,
  messageId: string,
  end: AnswerEnd,
  { staleMs }: { staleMs?: number } = {},
): Promise<boolean> {
  const last = await deps.db.transaction().execute(async (tx) => {
    const row = await lockRunningMessage(tx, scope, messageId, staleMs);
    if (!row) return undefined;
    const events = await listTurnEvents(tx, scope, messageId, { afterSequence: 0, limit: Number.MAX_SAFE_INTEGER });
    const written = events.reduce(
      (message, { event }) => foldChatEvent(message, event as ChatEvent),
      toMessageView(row),
    );
    const byModel = events.some(({ event }) => (event as ChatEvent).type === 'model-start') ? written.text : '';
    const usage = written.usage && finalUsage(deps, written.usage, byModel);
    const endedAt = new Date(deps.clock.now());
    const message: MessageView = {
      ...written,
      outcome: null,
      error: null,
      ...end,
      usage,
      endedAt: endedAt.toISOString(),
    };
    const appended = { sequence: (events.at(-1)?.sequence ?? 0) + 1, event: { type: 'answer-end', message } as const };
    await appendTurnEvents(tx, scope, messageId, [appended]);
    await finishMessage(tx, scope, messageId, {
      state: end.state,
      text: message.text,
      outcome: message.outcome,
      citations: JSON.stringify(message.citations),
      unsupported: JSON.stringify(message.unsupported),
      sources: JSON.stringify(message.sources),
      error: message.error && JSON.stringify(message.error),
      model: message.model,
      usage: usage && JSON.stringify(usage),
      from_cache: message.fromCache,
      model_skipped: message.modelSkipped,
      updated_at: endedAt,
    });
    await eraseWithdrawn(tx, scope, message.sources);
    // Also where the answer was quoted in the end: a model may have been asked for the search.
    const asked = message.model ?? deps.chatModel?.modelName ?? null;
    if (usage !== null && asked !== null) await addTokenUsage(tx, scope, { ...usage, model: asked });
    return appended;
  });
  if (last) deps.announcements.publish(`turn:${messageId}`, last);
  return last !== undefined;
}
