import { findConversation } from '@twin/db/queries/conversations';
import { listMessages } from '@twin/db/queries/messages';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Principal, visitorIdOf } from '../principal.ts';
import { listStaleSources } from './list-stale-sources.ts';
import type { ConversationView, MessageView, StaleSource } from './message-view.ts';
import { toConversationView, toMessageView } from './to-message-view.ts';

/**
 * A conversation of the principal's own side with its messages, oldest first, and which of the documents cited or found have
 * changed since. An answer that is being written is empty here: its events, watched from the first, tell what it says so far.
 *
 * @throws AppError `not-found`.
 */
export async function getConversation(
  deps: Deps,
  principal: Principal,
  id: string,
): Promise<{ conversation: ConversationView; messages: MessageView[]; staleSources: StaleSource[] }> {
  const { scope } = principal;
  const conversation = await findConversation(deps.db, scope, { id, visitorId: visitorIdOf(principal) });
  if (!conversation) throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  const messages = (await listMessages(deps.db, scope, id)).map(toMessageView);
  const staleSources = await listStaleSources(deps, scope, messages);
  return { conversation: toConversationView(conversation), messages, staleSources };
}
