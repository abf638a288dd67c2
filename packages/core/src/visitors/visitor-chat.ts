import { deleteVisitorConversations, listVisitorConversations } from '@twin/db/queries/conversations';
import { getConversation } from '../chat/get-conversation.ts';
import type { AnswerSource } from '../chat/message-view.ts';
import { startTurn } from '../chat/start-turn.ts';
import { toConversationView } from '../chat/to-message-view.ts';
import type { TurnRunner } from '../chat/turn-runner.ts';
import { type TurnPosition, watchTurn } from '../chat/watch-turn.ts';
import type { Deps } from '../deps.ts';
import type { Visitor } from '../principal.ts';
import { toVisitorConversation, toVisitorEvent, toVisitorMessage, toVisitorTurn } from './to-visitor-view.ts';
import type { VisitorConversation, VisitorEvent, VisitorMessage, VisitorStartedTurn } from './visitor-view.ts';

const conversationsMax = 100;

/**
 * A visitor's question, asked of all that the twin knows: no part of the library is a visitor's to choose.
 * @throws AppError as `startTurn` does.
 */
export async function askAsVisitor(
  deps: Deps,
  turns: TurnRunner,
  visitor: Visitor,
  { text, conversationId }: { text: string; conversationId?: string },
): Promise<VisitorStartedTurn> {
  const started = await startTurn(
    deps,
    turns,
    visitor,
    conversationId === undefined ? { text } : { text, conversationId },
  );
  return toVisitorTurn(started);
}

/**
 * As `watchTurn`, for the visitor whose answer it is. What is shown is numbered 1, 2, 3 …: gaps would tell of retries and of models.
 * The log is read from its start, to count, and as what a citation stands in was told there.
 */
export async function* watchAsVisitor(
  deps: Deps,
  visitor: Visitor,
  { messageId, afterSequence }: TurnPosition,
  signal: AbortSignal,
): AsyncGenerator<{ sequence: number; event: VisitorEvent }> {
  let sources: AnswerSource[] = [];
  let sequence = 0;
  for await (const { event } of watchTurn(deps, visitor, { messageId, afterSequence: 0 }, signal)) {
    if (event.type === 'search-end') ({ sources } = event);
    const shown = toVisitorEvent(event, sources);
    if (shown === undefined) continue;
    sequence += 1;
    if (sequence > afterSequence) yield { sequence, event: shown };
  }
}

/** Latest first. */
export async function listAsVisitor({ db }: Pick<Deps, 'db'>, visitor: Visitor): Promise<VisitorConversation[]> {
  const rows = await listVisitorConversations(db, visitor.scope, visitor.visitorId, conversationsMax);
  return rows.map((row) => toVisitorConversation(toConversationView(row)));
}

/** @throws AppError `not-found`. */
export async function getAsVisitor(
  deps: Deps,
  visitor: Visitor,
  id: string,
): Promise<{ conversation: VisitorConversation; messages: VisitorMessage[] }> {
  const { conversation, messages } = await getConversation(deps, visitor, id);
  return { conversation: toVisitorConversation(conversation), messages: messages.map(toVisitorMessage) };
}

/** All that is kept of a visitor: every conversation, with answers under way. @returns how many. */
export async function forgetVisitor({ db }: Pick<Deps, 'db'>, visitor: Visitor): Promise<number> {
  return await deleteVisitorConversations(db, visitor.scope, visitor.visitorId);
}
