import { findCollection } from '@twin/db/queries/collections';
import type { DocumentFilter } from '@twin/db/queries/document-filter';
import { listDocumentsById } from '@twin/db/queries/documents';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { collectionNotFound } from '../collections/change-collections.ts';
import type { Deps } from '../deps.ts';

/** The part of the library that a question is asked of. */
export interface AskedScope {
  collectionId?: string;
  /** All of them. */
  tags?: string[];
  documentIds?: string[];
  /** ISO 8601; added at this time or later. */
  addedFrom?: string;
  addedBefore?: string;
}

/** As kept with the answer: with the collection's name when it was asked. */
export interface AnswerScope extends AskedScope {
  collectionName?: string;
}

/** As many of those that are not there are named. */
const unknownNamedMax = 5;

/** Null for all of the library. @throws AppError `not-found` for an unknown collection, and for documents that are not there, by their ids. */
export async function resolveScope(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  asked: AskedScope | undefined,
): Promise<AnswerScope | null> {
  const { tags = [], ...others } = asked ?? {};
  if (tags.length === 0 && Object.keys(others).length === 0) return null;
  if (asked?.documentIds !== undefined) await assertDocuments(db, scope, asked.documentIds);
  if (asked?.collectionId === undefined) return { ...asked };
  const collection = await findCollection(db, scope, asked.collectionId);
  if (collection === undefined) throw collectionNotFound();
  return { ...asked, collectionName: collection.name };
}

/** An answer from the others alone would look like one from all that were asked. */
async function assertDocuments(db: Deps['db'], scope: TwinScope, ids: readonly string[]): Promise<void> {
  const known = new Set((await listDocumentsById(db, scope, ids)).map(({ id }) => id));
  const unknown = [...new Set(ids)].filter((id) => !known.has(id)).map((id) => `“${id}”`);
  if (unknown.length === 0) return;
  const more = unknown.length > unknownNamedMax ? ` and ${unknown.length - unknownNamedMax} more` : '';
  const message = `There is no document ${unknown.slice(0, unknownNamedMax).join(', ')}${more}. What was asked to be searched may have been deleted.`;
  throw new AppError('not-found', message, { reason: 'unknown-documents' });
}

export function filterOf(scope: AskedScope | null): DocumentFilter | undefined {
  if (scope === null) return undefined;
  const { collectionId, tags, documentIds, addedFrom, addedBefore } = scope;
  return {
    ...(collectionId !== undefined && { collectionId }),
    ...(tags !== undefined && { tags }),
    ...(documentIds !== undefined && { documentIds }),
    ...(addedFrom !== undefined && { addedFrom: new Date(addedFrom) }),
    ...(addedBefore !== undefined && { addedBefore: new Date(addedBefore) }),
  };
}
