import { namesNothing } from './names-nothing.ts';

export interface StandingQuestion {
  question: string;
  /** The latest first. */
  earlierQuestions: readonly string[];
}

/**
 * The question that one within a conversation stands for, and what was asked before that. One that names nothing asks the
 * latest again that does ("Could you summarize it?"), for something else of it ("Why?", "And who?") or not; its own words would
 * find what else happens to say them. Any other stands for itself.
 */
export function standingQuestion(question: string, earlierQuestions: readonly string[]): StandingQuestion {
  const wants = namesNothing(question);
  const at = wants === undefined ? -1 : earlierQuestions.findIndex((earlier) => namesNothing(earlier) === undefined);
  const asked = earlierQuestions[at];
  if (asked === undefined) return { question, earlierQuestions };
  return {
    question: wants === 'asks' ? `${asked} ${question}` : asked,
    earlierQuestions: earlierQuestions.slice(at + 1),
  };
}
