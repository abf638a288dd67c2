import type { Tx } from '@twin/db/db';
import {
  type ConversationRow,
  insertConversation,
  lockConversation,
  updateConversationTime,
} from '@twin/db/queries/conversations';
import { insertMessages, listMessages, type MessageRow } from '@twin/db/queries/messages';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import type { Principal } from '../principal.ts';
import { type AnswerScope, type AskedScope, filterOf, resolveScope } from './answer-scope.ts';
import type { ChatTurn } from './chat-turn.ts';
import { conversationTitle } from './conversation-title.ts';
import { endIfStale } from './end-stale-answers.ts';
import type { ConversationView, MessageView } from './message-view.ts';
import { storableText } from './storable-text.ts';
import { toConversationView, toMessageView } from './to-message-view.ts';
import type { TurnRunner } from './turn-runner.ts';

export interface StartedTurn {
  conversationId: string;
  /** The assistant message that is being written. */
  messageId: string;
  conversation: ConversationView;
  /** The question and the answer, as they stand before the first word. */
  messages: MessageView[];
}

/**
 * Stores a question and the running answer to it in one transaction, then has it written in the background: the caller
 * may leave. Without `conversationId` a conversation begins, titled by the question.
 *
 * @throws AppError `not-found` for an unknown conversation or collection, `conflict` while its last answer is still being written.
 */
export async function startTurn(
  deps: Deps,
  turns: TurnRunner,
  principal: Principal,
  input: { conversationId?: string; text: string; scope?: AskedScope },
): Promise<StartedTurn> {
  const { scope } = principal;
  const text = storableText(input.text).trim();
  const asked = await resolveScope(deps, scope, input.scope);
  if (input.conversationId !== undefined) await endLeftBehind(deps, scope, input.conversationId);
  const stored = await deps.db.transaction().execute(async (tx) => {
    const conversation =
      input.conversationId === undefined
        ? await insertConversation(tx, scope, {
            title: conversationTitle(text),
            userLabel: principal.label,
            origin: 'app',
          })
        : await findIdleConversation(tx, scope, input.conversationId);
    return await storeTurn(tx, scope, conversation, { text, asked });
  });
  turns.start(scope, {
    messageId: stored.started.messageId,
    question: text,
    history: stored.history,
    filter: filterOf(asked),
  });
  return stored.started;
}

/** Adds the question and the running answer to a conversation that is idle and locked, or new. */
export async function storeTurn(
  tx: Tx,
  scope: TwinScope,
  conversation: ConversationRow,
  { text, asked }: { text: string; asked: AnswerScope | null },
): Promise<{ started: StartedTurn; history: ChatTurn[] }> {
  const { id: conversationId } = conversation;
  const before = await listMessages(tx, scope, conversationId);
  const ordinal = (before.at(-1)?.ordinal ?? -1) + 1;
  const scopeText = asked === null ? null : JSON.stringify(asked);
  const [question, answer] = await insertMessages(tx, scope, [
    { conversationId, ordinal, role: 'user', state: 'done', text, scope: scopeText },
    { conversationId, ordinal: ordinal + 1, role: 'assistant', state: 'running', text: '', scope: scopeText },
  ]);
  await updateConversationTime(tx, scope, conversationId);
  if (!question || !answer) throw new Error('The inserted messages were not returned');
  return {
    started: {
      conversationId,
      messageId: answer.id,
      conversation: toConversationView(conversation),
      messages: [question, answer].map(toMessageView),
    },
    history: toHistory(before),
  };
}

function toHistory(messages: readonly MessageRow[]): ChatTurn[] {
  return messages
    .filter(({ text }) => text !== '')
    .slice(-limits.historyMessagesMax)
    .map(({ role, text }) => ({ role, text }));
}

async function findIdleConversation(tx: Tx, scope: TwinScope, id: string): Promise<ConversationRow> {
  const conversation = await lockConversation(tx, scope, id);
  if (!conversation) throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  const messages = await listMessages(tx, scope, id);
  if (messages.some(({ state }) => state === 'running')) {
    const message = 'The last answer of this conversation is still being written. Wait for it, or stop it, then ask.';
    throw new AppError('conflict', message, { reason: 'answer-running' });
  }
  return conversation;
}

/** An answer whose process died must not block its conversation. */
async function endLeftBehind(deps: Deps, scope: TwinScope, conversationId: string): Promise<void> {
  const messages = await listMessages(deps.db, scope, conversationId);
  for (const { id, state } of messages) {
    if (state === 'running') await endIfStale(deps, scope, id);
  }
}
