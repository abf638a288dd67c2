import type { Deps } from '../deps.ts';
import { estimateModelTokens } from '../estimate-model-tokens.ts';
import type { ChatPrompt, SpentTokens, TokenCounts } from '../ports.ts';
import type { AnswerUsage } from './message-view.ts';

/** What a message costs beside its text, about. */
export const turnTokens = 4;

/** A prompt's tokens without its model's tokenizer. */
export function estimatePromptTokens({ system, turns }: ChatPrompt): number {
  return [system, ...turns.map(({ text }) => text)].reduce(
    (sum, text) => sum + estimateModelTokens(text) + turnTokens,
    0,
  );
}

/** What a call costs that is not made. */
export const nothingSpent: SpentTokens = { promptTokens: 0, completionTokens: 0, isEstimated: false };

export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
  };
}

export function addSpent(a: SpentTokens, b: SpentTokens): SpentTokens {
  return { ...addTokens(a, b), isEstimated: a.isEstimated || b.isEstimated };
}

/**
 * What a finished answer has cost. Where the endpoint did not count, or the answer broke off, by what the model wrote.
 * @param written empty where no model wrote: quotations and fixed sentences cost nothing.
 */
export function finalUsage({ chatModel }: Pick<Deps, 'chatModel'>, usage: AnswerUsage, written: string): AnswerUsage {
  const completionTokens = usage.completionTokens + (usage.isEstimated ? estimateModelTokens(written) : 0);
  const prices = chatModel?.pricesPerMillion;
  const cost = prices && (usage.promptTokens * prices.prompt + completionTokens * prices.completion) / 1_000_000;
  return { ...usage, completionTokens, cost: cost ?? null };
}
