import { formatCost, formatCount } from '../../format.ts';
import type { MessageView } from '../../views.ts';

/** Who wrote an answer, from where, and what it cost, as far as that is known. */
export function answerFacts(
  { model, usage, fromCache }: Pick<MessageView, 'model' | 'usage' | 'fromCache'>,
  currency: string | null | undefined,
): string[] {
  const facts: string[] = [];
  if (model !== null) facts.push(`Written by ${model}`);
  if (fromCache) facts.push('Kept from an equal question');
  if (usage !== null) {
    const tokens = formatCount(usage.promptTokens + usage.completionTokens, 'token');
    facts.push(usage.isEstimated ? `about ${tokens}` : tokens);
    if (usage.cost !== null) facts.push(formatCost(usage.cost, currency));
  }
  return facts;
}
