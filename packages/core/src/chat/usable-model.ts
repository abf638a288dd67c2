import { findTokensOfToday, reserveTokens } from '@twin/db/queries/token-usage';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';
import type { Persona } from '../twin/persona.ts';
import { answerTokensAtMost } from './answer-tokens-at-most.ts';
import type { ChatTurn } from './chat-turn.ts';
import { staleAnswerMs } from './end-stale-answers.ts';

export interface BudgetedQuestion {
  question: string;
  history: readonly ChatTurn[];
  persona: Persona;
  dailyTokensMax: number | null;
  /**
   * The running answer that is to use the model, whose end settles what it reserves; undefined for a question that is asked
   * for a measurement and counted nowhere.
   */
  messageId: string | undefined;
}

/**
 * The configured model while the twin's daily budget has tokens left, beside those that other answers under way may come to
 * use. An answer under way is never cut off by it.
 */
export async function findUsableModel(
  deps: Pick<Deps, 'db' | 'chatModel' | 'reranker'>,
  scope: TwinScope,
  asked: BudgetedQuestion,
): Promise<{ model: ChatModel | undefined; skipped: 'token-budget' | null }> {
  const { db, chatModel } = deps;
  const { dailyTokensMax, messageId } = asked;
  if (chatModel === undefined || dailyTokensMax === null) return { model: chatModel, skipped: null };
  const tokens = answerTokensAtMost(deps, chatModel, asked);
  const isWithin =
    messageId === undefined
      ? (await findTokensOfToday(db, scope)) < dailyTokensMax
      : await reserveTokens(db, scope, { messageId, tokens, budget: dailyTokensMax, staleMs: staleAnswerMs });
  return isWithin ? { model: chatModel, skipped: null } : { model: undefined, skipped: 'token-budget' };
}
