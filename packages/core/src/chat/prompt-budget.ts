import { AppError } from '../app-error.ts';

/** What small local models are served with, and less than any hosted one has. */
export const defaultContextTokens = 8_192;
/** Tokens are estimated at most 15 % too low; what is estimated must still fit. */
const usableShare = 0.87;
/** Room for an answer in a small window, and in one where an eighth of it is more. */
const answerTokensMax = 1_500;
const longAnswerTokensMax = 4_000;
const historyTokensMax = 1_000;
/** More passages than this rarely hold an answer that the first did not, and always cost. */
const passageTokensMax = 6_000;
const passageTokensMin = 200;

export interface PromptBudget {
  passageTokens: number;
  historyTokens: number;
  /** What the model may write. */
  answerTokens: number;
}

/**
 * How a model's context window is divided, after its rules, the question and room for the answer: a fifth of the rest for
 * what was said before, the remainder for passages.
 *
 * @throws AppError `too-large` when the question leaves no room for a passage.
 */
export function divideContext(
  fixedTokens: number,
  contextTokens: number | undefined = defaultContextTokens,
): PromptBudget {
  const budget = shareOut(fixedTokens, contextTokens);
  if (budget.passageTokens + budget.historyTokens < passageTokensMin) {
    const message = `This question is too long for the model, which reads ${contextTokens} tokens at once. Ask a shorter one, or set CHAT_CONTEXT_TOKENS if the model can read more.`;
    throw new AppError('too-large', message, { reason: 'context-window' });
  }
  return budget;
}

/** What the prompt that `divideContext` makes room for and the reply to it use at most, the error of estimating included. */
export function tokensAtMost(fixedTokens: number, contextTokens: number | undefined = defaultContextTokens): number {
  const { passageTokens, historyTokens, answerTokens } = shareOut(fixedTokens, contextTokens);
  return surely(fixedTokens + historyTokens + passageTokens) + answerTokens;
}

/** How many estimated tokens surely fit into a window. */
export function usableTokens(contextTokens: number): number {
  return Math.floor(contextTokens * usableShare);
}

/** What so many estimated tokens are at most. */
export function surely(estimatedTokens: number): number {
  return Math.ceil(estimatedTokens / usableShare);
}

function shareOut(fixedTokens: number, contextTokens: number): PromptBudget {
  const answerTokens = Math.max(
    Math.min(answerTokensMax, Math.floor(contextTokens / 4)),
    Math.min(longAnswerTokensMax, Math.floor(contextTokens / 8)),
  );
  const free = Math.max(0, usableTokens(contextTokens) - answerTokens - fixedTokens);
  const historyTokens = Math.min(historyTokensMax, Math.floor(free / 5));
  return { historyTokens, answerTokens, passageTokens: Math.min(passageTokensMax, free - historyTokens) };
}
