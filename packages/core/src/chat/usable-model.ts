import { findTokensOfToday } from '@twin/db/queries/token-usage';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';

/** The configured model while the twin's daily budget has tokens left. An answer under way is never cut off by it. */
export async function findUsableModel(
  { db, chatModel }: Pick<Deps, 'db' | 'chatModel'>,
  scope: TwinScope,
  dailyTokensMax: number | null,
): Promise<{ model: ChatModel | undefined; skipped: 'token-budget' | null }> {
  if (chatModel === undefined || dailyTokensMax === null) return { model: chatModel, skipped: null };
  const used = await findTokensOfToday(db, scope);
  return used < dailyTokensMax ? { model: chatModel, skipped: null } : { model: undefined, skipped: 'token-budget' };
}
