import { deleteCollectionDocuments, findCollection, insertCollectionDocuments } from '@twin/db/queries/collections';
import { deleteDocumentTag, insertDocumentTag } from '@twin/db/queries/document-tags';
import { listDocumentsById } from '@twin/db/queries/documents';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import type { DocumentView } from '../documents/document-view.ts';
import { documentNotFound } from '../documents/get-document.ts';
import { toDocumentView } from '../documents/to-document-view.ts';
import { collectionNotFound } from './change-collections.ts';

export interface OrganizeInput {
  ids: string[];
  addTags?: string[];
  removeTags?: string[];
  addToCollection?: string;
  removeFromCollection?: string;
}

/**
 * Puts documents into a collection or takes them out, and adds or removes tags, all at once. Ids that are not there are
 * left out of the result. @throws AppError `not-found` for an unknown collection, or when none of the documents is there.
 */
export async function organizeDocuments(deps: Deps, scope: TwinScope, input: OrganizeInput): Promise<DocumentView[]> {
  const { ids, addTags = [], removeTags = [], addToCollection, removeFromCollection } = input;
  const rows = await deps.db.transaction().execute(async (tx) => {
    if (addToCollection !== undefined) {
      if ((await findCollection(tx, scope, addToCollection)) === undefined) throw collectionNotFound();
      await insertCollectionDocuments(tx, scope, addToCollection, ids);
    }
    if (removeFromCollection !== undefined) await deleteCollectionDocuments(tx, scope, removeFromCollection, ids);
    for (const tag of addTags) await insertDocumentTag(tx, scope, tag.trim(), ids);
    for (const tag of removeTags) await deleteDocumentTag(tx, scope, tag.trim(), ids);
    // A question asked of a part of the library may now be answered otherwise.
    await incrementCorpusVersion(tx, scope);
    return await listDocumentsById(tx, scope, ids);
  });
  if (rows.length === 0) throw documentNotFound(ids[0] ?? '');
  return rows.map(toDocumentView);
}
