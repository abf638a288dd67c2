import type { MessageState } from '@twin/db/chat-tables';
import type { AnswerScope } from './answer-scope.ts';

/**
 * Why an answer looks as it does. Three are refusals: `nothing-relevant` (the question is about something else, and no model
 * was asked), `unsupported` (the documents are near it, and the model cited nothing that could be verified; without a model what is nearest
 * is quoted, in doubt), `empty-library`. What is `answered` without a model answers thanks.
 */
export type AnswerOutcome = 'answered' | 'quoted' | 'nothing-relevant' | 'unsupported' | 'empty-library';

/** One numbered claim-to-passage tie. `number` is what the text shows as `[1]`, from 1 in order of first use. */
export interface Citation {
  number: number;
  documentId: string;
  documentTitle: string;
  versionId: number;
  chunkId: number;
  pageFrom: number | null;
  pageTo: number | null;
  /** What its pages are called, where they are none. */
  pageKind?: 'slide' | undefined;
  headingPath: string[];
  /** [start, end) of the quote in the version's canonical text. */
  startOffset: number;
  endOffset: number;
  /** Equals the canonical text at those offsets when the answer was written; kept when the document changes or goes. */
  quote: string;
}

/** A claim of the answer without a citation that could be verified. The text shows it as `[?number]`, from 1. */
export interface UnsupportedClaim {
  number: number;
  /** The sentence as written so far, without its markers. */
  claim: string;
  /** What the model gave as a quote and no passage says; null where it gave none. */
  quote: string | null;
  /**
   * `uncited`: the sentence names no passage. `quote-not-found`: no passage says what it quotes, or that is too little to prove
   * anything. `not-proven`: what it names does not say it. `unknown-passage`: it names what was never sent.
   */
  reason: 'uncited' | 'quote-not-found' | 'not-proven' | 'unknown-passage';
}

/** A document that was cited or listed as found, and no longer is as it was: it has a newer version, or it is gone. */
export interface StaleSource {
  documentId: string;
  /** As it was then. */
  versionId: number;
  standing: 'replaced' | 'withdrawn';
}

/**
 * A passage that was found for an answer, used or not. Its title, headings and excerpt are empty once its document was deleted
 * for good: what an answer did not cite, it does not keep.
 */
export interface AnswerSource {
  documentId: string;
  documentTitle: string;
  versionId: number;
  chunkId: number;
  pageFrom: number | null;
  pageKind?: 'slide' | undefined;
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

/** What an answer has cost. */
export interface AnswerUsage {
  promptTokens: number;
  completionTokens: number;
  /** True when the endpoint did not tell, or the answer broke off before it could. */
  isEstimated: boolean;
  /** In the currency of the configured prices; null without any. */
  cost: number | null;
}

export interface MessageView {
  id: string;
  conversationId: string;
  role: 'user' | 'assistant';
  state: MessageState;
  /** Markdown. Citations appear as `[n]`, unsupported claims as `[?n]`; every n has an entry in the list of its kind. */
  text: string;
  outcome: AnswerOutcome | null;
  citations: Citation[];
  unsupported: UnsupportedClaim[];
  /** The context of the answer: what a model was sent, passage by passage in the order of their numbers. */
  sources: AnswerSource[];
  error: MessageError | null;
  /** The model that wrote the text; null when it was quoted from the documents. */
  model: string | null;
  /** The part of the library that was asked; null for all of it. */
  scope: AnswerScope | null;
  /** Null when no model was asked. */
  usage: AnswerUsage | null;
  /** True when this is the answer that an equal question got before. */
  fromCache: boolean;
  /** Why a model that is configured was not asked; null when it was, or none is. */
  modelSkipped: 'token-budget' | null;
  createdAt: string;
  /** Null while the answer is being written. */
  endedAt: string | null;
}

export interface ConversationView {
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
}
