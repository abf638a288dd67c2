import type { ConversationView, MessageView, StaleSource } from '@twin/core/chat/message-view';
import type { DocumentView } from '@twin/core/documents/document-view';
import type { TwinStatus } from '@twin/core/twin/get-twin-status';
import type { VisitorConversation, VisitorMessage } from '@twin/core/visitors/visitor-view';
import type { Installation } from './context.ts';

/** What procedures answer where core has no name for it. All of it survives JSON unchanged. */
export interface DocumentPage {
  documents: DocumentView[];
  nextCursor: string | null;
  totalCount: number;
}

export interface ConversationWithMessages {
  conversation: ConversationView;
  messages: MessageView[];
  /** Cited documents that are no longer what they were. */
  staleSources: StaleSource[];
}

export interface VisitorConversationWithMessages {
  conversation: VisitorConversation;
  messages: VisitorMessage[];
}

export interface InstalledTwinStatus extends TwinStatus, Installation {}
