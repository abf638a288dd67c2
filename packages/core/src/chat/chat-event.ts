import type { SpentTokens } from '../ports.ts';
import type { AnswerSource, Citation, MessageView, UnsupportedClaim } from './message-view.ts';

/**
 * What happens while an answer is made, in order. A reader that applies every event from the first has exactly the
 * stored message; `answer-end` carries that message whole, so a late reader needs nothing else.
 */
export type ChatEvent =
  | { type: 'search-start'; documentCount: number }
  /** `spent` is what a model read and wrote for the search, where one was asked. */
  | { type: 'search-end'; sources: AnswerSource[]; spent?: SpentTokens }
  | { type: 'model-retry'; waitMs: number; reason: string }
  /** An equal question was answered before; what follows is that answer. */
  | { type: 'answer-cached' }
  /** A model is configured and not asked, so the answer is quoted. */
  | { type: 'model-skip'; reason: 'token-budget' }
  /** The model has begun to write, or was stopped while it read. Its tokens, with those of the search, are an estimate until `model-end`. */
  | { type: 'model-start'; promptTokens: number }
  /** What the endpoint counted; absent where it does not tell. */
  | { type: 'model-end'; promptTokens: number; completionTokens: number }
  /** Always precedes the first `text-delta` that contains its `[number]`. */
  | { type: 'citation-add'; citation: Citation }
  /** Nothing that was cited for a claim could be verified. Always precedes the `text-delta` that contains its `[?number]`. */
  | { type: 'claim-unsupported'; claim: UnsupportedClaim }
  | { type: 'text-delta'; text: string }
  /** The last event of every turn, whatever its end: done, stopped or failed. */
  | { type: 'answer-end'; message: MessageView };
