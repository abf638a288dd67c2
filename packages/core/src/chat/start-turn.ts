import type { Tx } from '@twin/db/db';
import {
  type ConversationRow,
  findConversation,
  insertConversation,
  lockConversation,
  updateConversationLink,
  updateConversationTime,
} from '@twin/db/queries/conversations';
import { insertMessages, listMessages, type MessageRow } from '@twin/db/queries/messages';
import { countShareLinkQuestion } from '@twin/db/queries/share-links';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { type Principal, visitorIdOf } from '../principal.ts';
import { assertAnswerFree } from '../visitors/assert-answer-free.ts';
import { linkEnded } from '../visitors/link-ended.ts';
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
 * @throws AppError `not-found` for an unknown conversation or collection, `unauthenticated` for a visitor whose link has ended, `conflict` while its last answer is still being written, `rate-limited` while visitors are being answered as much as may be.
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
  if (input.conversationId !== undefined) await endLeftBehind(deps, principal, input.conversationId);
  const stored = await deps.db.transaction().execute(async (tx) => {
    await assertStillLetIn(tx, principal);
    const conversation =
      input.conversationId === undefined
        ? await beginConversation(tx, principal, text)
        : await findIdleConversation(tx, principal, input.conversationId);
    // After what refuses without: who counts keeps others waiting.
    if (principal.kind === 'visitor') await assertAnswerFree(tx, principal);
    return await storeTurn(tx, scope, conversation, { text, asked });
  });
  turns.start(scope, {
    messageId: stored.started.messageId,
    question: text,
    history: stored.history,
    filter: filterOf(asked),
    ...(principal.kind === 'visitor' && { reader: 'visitor', shareLinkId: principal.linkId }),
  });
  return stored.started;
}

/** A visitor who was let in some seconds ago may have been shut out since: no question is taken after that. Counted with those of the link. */
async function assertStillLetIn(tx: Tx, principal: Principal): Promise<void> {
  if (principal.kind !== 'visitor') return;
  if (!(await countShareLinkQuestion(tx, principal.scope, principal.linkId))) throw linkEnded();
}

async function beginConversation(tx: Tx, principal: Principal, question: string): Promise<ConversationRow> {
  const begun = { title: conversationTitle(question), userLabel: principal.label };
  if (principal.kind !== 'visitor') return await insertConversation(tx, principal.scope, { ...begun, origin: 'app' });
  const { scope, visitorId, linkId: shareLinkId } = principal;
  return await insertConversation(tx, scope, { ...begun, origin: 'visitor', visitorId, shareLinkId });
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

async function findIdleConversation(tx: Tx, principal: Principal, id: string): Promise<ConversationRow> {
  const { scope } = principal;
  const conversation = await lockConversation(tx, scope, { id, visitorId: visitorIdOf(principal) });
  if (!conversation) throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  const messages = await listMessages(tx, scope, id);
  if (messages.some(({ state }) => state === 'running')) {
    const message = 'The last answer of this conversation is still being written. Wait for it, or stop it, then ask.';
    throw new AppError('conflict', message, { reason: 'answer-running' });
  }
  // It goes over to the link it is asked by: revoking that one stops this answer, and the end of the one before ends nothing here.
  if (principal.kind === 'visitor' && principal.linkId !== conversation.share_link_id) {
    await updateConversationLink(tx, scope, id, principal.linkId);
  }
  return conversation;
}

/** An answer whose process died must not block its conversation. */
async function endLeftBehind(deps: Deps, principal: Principal, id: string): Promise<void> {
  const { scope } = principal;
  if (!(await findConversation(deps.db, scope, { id, visitorId: visitorIdOf(principal) }))) return;
  const messages = await listMessages(deps.db, scope, id);
  for (const { id: messageId, state } of messages) {
    if (state === 'running') await endIfStale(deps, scope, messageId);
  }
}
