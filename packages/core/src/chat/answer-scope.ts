import { findCollection } from '@twin/db/queries/collections';
import type { DocumentFilter } from '@twin/db/queries/document-filter';
import type { TwinScope } from '@twin/db/scope';
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

/** Null for all of the library. @throws AppError `not-found` for an unknown collection. */
export async function resolveScope(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  asked: AskedScope | undefined,
): Promise<AnswerScope | null> {
  const { tags = [], ...others } = asked ?? {};
  if (tags.length === 0 && Object.keys(others).length === 0) return null;
  if (asked?.collectionId === undefined) return { ...asked };
  const collection = await findCollection(db, scope, asked.collectionId);
  if (collection === undefined) throw collectionNotFound();
  return { ...asked, collectionName: collection.name };
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
