import type { ConversationView, MessageView } from '@twin/core/chat/message-view';
import type { DocumentView } from '@twin/core/documents/document-view';
import type { Block } from '@twin/core/documents/parsed-document';
import type { Installation } from './context.ts';

/** What procedures answer, where core has no view of its own for it. All of it survives JSON unchanged. */
export interface DocumentPage {
  documents: DocumentView[];
  nextCursor: string | null;
  totalCount: number;
}

export interface DocumentText {
  documentId: string;
  title: string;
  versionId: number;
  text: string;
  blocks: Block[];
  chunks: { ordinal: number; startOffset: number; endOffset: number }[];
  /** False when a newer version answers questions now. */
  isCurrent: boolean;
}

export interface StartedTurn {
  conversationId: string;
  userMessageId: string;
  /** The assistant message that is being written. */
  messageId: string;
}

export interface ConversationWithMessages {
  conversation: ConversationView;
  messages: MessageView[];
}

export interface EmbeddingModelView {
  provider: string;
  name: string;
  dimensions: number;
}

export interface TwinStatus extends Installation {
  name: string;
  /** Null when answers are quoted from the documents instead of written by a model. */
  chatModel: string | null;
  embeddingModel: EmbeddingModelView | null;
  database: { home: 'embedded' | 'server'; version: string };
  documents: { ready: number; inProgress: number; failed: number };
  chunks: number;
  samplesLoaded: boolean;
  sampleQuestions: string[];
  limits: { uploadBytesMax: number; questionCharactersMax: number };
  /** File extensions that can be read, with their dots. */
  formats: string[];
}

export interface AdminOverview {
  ingestions: {
    id: string;
    userId: string;
    documentCount: number;
    documents: { id: string; title: string; outcome: string }[];
    createdAt: string;
  }[];
  rateLimits: { key: string; policy: string; count: number; limit: number; resetMs: number }[];
  tables: { name: string; rows: number; bytes: number }[];
  cache: { entries: number; bytes: number };
  chatModel: string | null;
  embeddingModel: EmbeddingModelView | null;
  database: { home: 'embedded' | 'server'; version: string; vectorVersion: string; sizeBytes: number };
  jobs: { queued: number; active: number; failed: number };
}
