import { deleteConversation as deleteRow } from '@twin/db/queries/conversations';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Principal, visitorIdOf } from '../principal.ts';

/**
 * Deletes a conversation with all its messages. An answer that is being written in it ends with it: its writer, in
 * whichever process, finds its message gone with the next words or heartbeat, within about a second, and closes its
 * request to the model.
 *
 * @throws AppError `not-found`.
 */
export async function deleteConversation(deps: Deps, principal: Principal, id: string): Promise<void> {
  if (!(await deleteRow(deps.db, principal.scope, { id, visitorId: visitorIdOf(principal) }))) {
    throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  }
}
