import type { ConversationRow } from '@twin/db/queries/conversations';
import type { MessageRow } from '@twin/db/queries/messages';
import type { AnswerScope } from './answer-scope.ts';
import type {
  AnswerOutcome,
  AnswerSource,
  AnswerUsage,
  Citation,
  ConversationView,
  MessageError,
  MessageView,
  UnsupportedClaim,
} from './message-view.ts';

/** What is stored in JSON columns was written from these very types. */
export function toMessageView(row: MessageRow): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    role: row.role,
    state: row.state,
    text: row.text,
    outcome: row.outcome as AnswerOutcome | null,
    citations: row.citations as Citation[],
    unsupported: row.unsupported as UnsupportedClaim[],
    sources: row.sources as AnswerSource[],
    error: row.error as MessageError | null,
    model: row.model,
    scope: row.scope as AnswerScope | null,
    usage: row.usage as AnswerUsage | null,
    fromCache: row.from_cache,
    modelSkipped: row.model_skipped,
    createdAt: row.created_at.toISOString(),
    endedAt: row.state === 'running' ? null : row.updated_at.toISOString(),
  };
}

export function toConversationView(row: ConversationRow): ConversationView {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
