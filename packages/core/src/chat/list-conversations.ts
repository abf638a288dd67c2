import { listConversations as listRows } from '@twin/db/queries/conversations';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { ConversationView } from './message-view.ts';
import { toConversationView } from './to-message-view.ts';

const conversationsMax = 500;

/** The conversations that people have in the app, latest first. Those of API calls are found by their id alone. */
export async function listConversations(deps: Deps, scope: TwinScope): Promise<ConversationView[]> {
  return (await listRows(deps.db, scope, conversationsMax)).map(toConversationView);
}
