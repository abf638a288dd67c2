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
  if (asked?.collectionId === undefined && (asked?.tags ?? []).length === 0) return null;
  if (asked?.collectionId === undefined) return { ...asked };
  const collection = await findCollection(db, scope, asked.collectionId);
  if (collection === undefined) throw collectionNotFound();
  return { ...asked, collectionName: collection.name };
}

export function filterOf(scope: AnswerScope | null): DocumentFilter | undefined {
  if (scope === null) return undefined;
  const { collectionId, tags } = scope;
  return { ...(collectionId !== undefined && { collectionId }), ...(tags !== undefined && { tags }) };
}
