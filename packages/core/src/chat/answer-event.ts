import type { ChatEvent } from './chat-event.ts';
import type { AnswerOutcome } from './message-view.ts';

/** What an answer is made of while it is made; how it ended is for whoever runs it to say. */
export type AnswerEvent = Exclude<ChatEvent, { type: 'answer-end' }>;

export interface AnswerResult {
  outcome: AnswerOutcome;
  /** The model that wrote the text; null when no model did. */
  model: string | null;
  /**
   * Present when something was missing that it is made with otherwise: the search by meaning, the reranker, the rewriting
   * of a follow-up, or its own end. The next who asks the same may get a better one.
   */
  degraded?: true;
}

export type Answer = AsyncGenerator<AnswerEvent, AnswerResult>;
