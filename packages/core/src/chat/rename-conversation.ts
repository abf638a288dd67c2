import { updateConversationTitle } from '@twin/db/queries/conversations';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { ConversationView } from './message-view.ts';
import { storableText } from './storable-text.ts';
import { toConversationView } from './to-message-view.ts';

/** Of the owner's side. @throws AppError `not-found`. */
export async function renameConversation(
  deps: Deps,
  scope: TwinScope,
  { id, title }: { id: string; title: string },
): Promise<ConversationView> {
  const renamed = await updateConversationTitle(deps.db, scope, { id, visitorId: null }, storableText(title).trim());
  if (!renamed) throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  return toConversationView(renamed);
}
