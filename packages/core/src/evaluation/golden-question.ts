import type { ChatTurn } from '../chat/chat-turn.ts';

/** A document that answers a question; with `quote`, by these words of it. */
export interface ExpectedSource {
  documentId: string;
  quote: string | null;
}

/** A question whose right answer is known. */
export interface GoldenQuestion {
  question: string;
  /** What was said before, oldest first. */
  history: ChatTurn[];
  /** False: the documents do not answer it, and it should be refused. */
  answerable: boolean;
  /** Any order. Empty where only the answer's text or the refusal is judged. */
  expected: ExpectedSource[];
  /** The answer is right when it holds any of these. Empty where nobody said. */
  answerTexts: string[];
}

export interface GoldenQuestionView extends GoldenQuestion {
  id: string;
  createdAt: string;
}
