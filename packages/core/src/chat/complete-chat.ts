import { insertConversation } from '@twin/db/queries/conversations';
import { insertMessages } from '@twin/db/queries/messages';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { OwnerSide } from '../principal.ts';
import { type AnswerScope, type AskedScope, filterOf, resolveScope } from './answer-scope.ts';
import type { ChatEvent } from './chat-event.ts';
import { conversationTitle } from './conversation-title.ts';
import { storeTurn } from './start-turn.ts';
import { storableText } from './storable-text.ts';
import { createTurnRunner } from './turn-runner.ts';
import { watchTurn } from './watch-turn.ts';

export interface ChatMessage {
  /** What a caller's `system` message says is left out: how to answer is the twin's to decide. */
  role: 'system' | 'user' | 'assistant';
  content: string;
}

interface ChatCall {
  messages: readonly ChatMessage[];
  scope?: AskedScope;
  /** The caller's. */
  signal: AbortSignal;
  /** Aborts when this process ends: the answer then fails, with the text it has. */
  closing?: AbortSignal;
}

/**
 * Answers the last message of a conversation that the caller keeps; the earlier ones are its history. Question, history
 * and answer are stored as a conversation of their own, which the app does not list. A caller who aborts or leaves stops
 * the answer.
 *
 * @throws AppError `invalid-input` when the last message is not from the user or says nothing, `not-found` for an unknown
 * collection.
 */
export async function* completeChat(
  deps: Deps,
  principal: OwnerSide,
  { messages, scope: part, signal, closing }: ChatCall,
): AsyncGenerator<ChatEvent> {
  const { scope } = principal;
  const asked = await resolveScope(deps, scope, part);
  const { messageId, question, history } = await storeChat(deps, principal, messages, asked);
  const turns = createTurnRunner(deps);
  const stop = (): void => void turns.stop(scope, messageId);
  const cut = (): void => void turns.drain(0);
  signal.addEventListener('abort', stop, { once: true });
  closing?.addEventListener('abort', cut, { once: true });
  try {
    turns.start(scope, { messageId, question, history, filter: filterOf(asked) });
    if (signal.aborted) stop();
    if (closing?.aborted === true) cut();
    // Not the caller's signal: a stopped answer still tells how it ended.
    const untilItEnds = new AbortController().signal;
    for await (const { event } of watchTurn(deps, principal, { messageId, afterSequence: 0 }, untilItEnds)) yield event;
  } finally {
    signal.removeEventListener('abort', stop);
    closing?.removeEventListener('abort', cut);
    await turns.stop(scope, messageId);
  }
}

async function storeChat(
  deps: Deps,
  principal: OwnerSide,
  messages: readonly ChatMessage[],
  asked: AnswerScope | null,
) {
  const { scope, label } = principal;
  const said = messages.flatMap(({ role, content }) =>
    role === 'system' ? [] : [{ role, text: storableText(content).trim() }],
  );
  const last = said.at(-1);
  if (last?.role !== 'user' || last.text === '') {
    throw new AppError('invalid-input', 'The last message must be a question, with the role "user".');
  }
  const stored = await deps.db.transaction().execute(async (tx) => {
    const title = conversationTitle(last.text);
    const conversation = await insertConversation(tx, scope, { title, userLabel: label, origin: 'api' });
    const earlier = said.slice(0, -1).map((message, ordinal) => {
      return {
        conversationId: conversation.id,
        ordinal,
        role: message.role,
        state: 'done' as const,
        text: message.text,
      };
    });
    if (earlier.length > 0) await insertMessages(tx, scope, earlier);
    return await storeTurn(tx, scope, conversation, { text: last.text, asked });
  });
  return { messageId: stored.started.messageId, question: last.text, history: stored.history };
}
