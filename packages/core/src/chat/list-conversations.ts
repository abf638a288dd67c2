import { listConversations as listRows } from '@twin/db/queries/conversations';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ConversationView } from './message-view.ts';
import { toConversationView } from './to-message-view.ts';

const conversationsMax = 500;

/** The twin's conversations, latest first. */
export async function listConversations(deps: Deps, scope: TwinScope): Promise<ConversationView[]> {
  return (await listRows(deps.db, scope, conversationsMax)).map(toConversationView);
}
