import { findDocument, updateDocument } from '@twin/db/queries/documents';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { announceIngestion } from './announce-ingestion.ts';
import type { DocumentView } from './document-view.ts';
import { documentNotFound } from './get-document.ts';
import { toDocumentView } from './to-document-view.ts';

/**
 * Calls a document something else. It stays so when it is read anew or replaced. Its passages were embedded under the name
 * before, and are until then found by that. Answers that were given say what it was called. @throws AppError `not-found`.
 */
export async function renameDocument(
  deps: Deps,
  scope: TwinScope,
  { id, title }: { id: string; title: string },
): Promise<DocumentView> {
  const renamed = await deps.db.transaction().execute(async (tx) => {
    await updateDocument(tx, scope, id, { title: title.trim() });
    const row = await findDocument(tx, scope, id);
    if (row === undefined) throw documentNotFound(id);
    // A model is told what documents are called.
    await incrementCorpusVersion(tx, scope);
    return row;
  });
  announceIngestion(deps, scope, renamed.version_id);
  return toDocumentView(renamed);
}
