import { deleteConversation as deleteRow } from '@twin/db/queries/conversations';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';

/**
 * Deletes a conversation with all its messages. An answer that is being written in it ends with it: its writer, in
 * whichever process, finds its message gone with the next words or heartbeat, within about a second, and closes its
 * request to the model.
 *
 * @throws AppError `not-found`.
 */
export async function deleteConversation(deps: Deps, scope: TwinScope, id: string): Promise<void> {
  if (!(await deleteRow(deps.db, scope, id))) {
    throw new AppError('not-found', 'This conversation does not exist; it may have been deleted.');
  }
}
