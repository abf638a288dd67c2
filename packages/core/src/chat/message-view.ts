import type { MessageState } from '@twin/db/schema';

/** Why an answer looks as it does. */
export type AnswerOutcome = 'answered' | 'quoted' | 'nothing-relevant' | 'empty-library';

/** One numbered claim-to-passage tie. `number` is what the text shows as `[1]`, from 1 in order of first use. */
export interface Citation {
  number: number;
  documentId: string;
  documentTitle: string;
  versionId: number;
  chunkId: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: string[];
  /** [start, end) of the quote in the version's canonical text. */
  startOffset: number;
  endOffset: number;
  /** Equals the canonical text at those offsets when the answer was written; kept when the document changes or goes. */
  quote: string;
}

/** A passage that was found for an answer, used or not. */
export interface AnswerSource {
  documentId: string;
  documentTitle: string;
  versionId: number;
  chunkId: number;
  pageFrom: number | null;
  headingPath: string[];
  startOffset: number;
  endOffset: number;
  excerpt: string;
  score: number;
}

export interface MessageError {
  code: string;
  message: string;
  retryAfterMs: number | null;
}

export interface MessageView {
  id: string;
  conversationId: string;
  role: 'user' | 'assistant';
  state: MessageState;
  /** Markdown. Citations appear as `[n]`; every n has an entry in `citations`. */
  text: string;
  outcome: AnswerOutcome | null;
  citations: Citation[];
  sources: AnswerSource[];
  error: MessageError | null;
  /** The model that wrote the text; null when it was quoted from the documents. */
  model: string | null;
  createdAt: string;
}

export interface ConversationView {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
}
