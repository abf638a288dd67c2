import { markDocumentsDeleted } from '@twin/db/queries/deleted-documents';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';
import { announceIngestion } from './announce-ingestion.ts';
import { documentNotFound } from './get-document.ts';

/** A notice that is held open under the pointer, or a click at the last moment, still finds the documents. */
const lateClickSeconds = 20;

/**
 * Deletes documents: from now on no list, search or answer knows them. They are erased a moment later, whoever is
 * connected then; until then `restoreDocuments` brings them back. Ids that are not there are left out of the result.
 *
 * @throws AppError `not-found` when none of them is there.
 */
export async function deleteDocuments(
  deps: Deps,
  scope: TwinScope,
  ids: readonly string[],
): Promise<{ ids: string[]; undoSeconds: number }> {
  const deleted = await deps.db.transaction().execute(async (tx) => {
    const marked = await markDocumentsDeleted(tx, scope, ids);
    for (const id of marked) {
      await deps.jobs.enqueueErasure(tx, scope, id, { afterSeconds: limits.undoDeleteSeconds + lateClickSeconds });
    }
    if (marked.length > 0) await incrementCorpusVersion(tx, scope);
    return marked;
  });
  if (deleted.length === 0) throw documentNotFound(ids[0] ?? '');
  announceIngestion(deps, scope, 0);
  return { ids: deleted, undoSeconds: limits.undoDeleteSeconds };
}
