import { findTokensOfToday, reserveTokens } from '@twin/db/queries/token-usage';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';
import { answerTokensAbout } from './prompt-budget.ts';

/**
 * The configured model while the twin's daily budget has tokens left, beside those that other answers under way may come to
 * use. An answer under way is never cut off by it.
 *
 * @param messageId the running answer that is to use it, whose end settles what it reserves; undefined for a question that is
 *   asked for a measurement and counted nowhere.
 */
export async function findUsableModel(
  { db, chatModel }: Pick<Deps, 'db' | 'chatModel'>,
  scope: TwinScope,
  { dailyTokensMax, messageId }: { dailyTokensMax: number | null; messageId: string | undefined },
): Promise<{ model: ChatModel | undefined; skipped: 'token-budget' | null }> {
  if (chatModel === undefined || dailyTokensMax === null) return { model: chatModel, skipped: null };
  const tokens = answerTokensAbout(chatModel.contextTokens);
  const isWithin =
    messageId === undefined
      ? (await findTokensOfToday(db, scope)) < dailyTokensMax
      : await reserveTokens(db, scope, { messageId, tokens, budget: dailyTokensMax });
  return isWithin ? { model: chatModel, skipped: null } : { model: undefined, skipped: 'token-budget' };
}
