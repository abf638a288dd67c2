import { type RawBuilder, sql } from 'kysely';
import type { TwinScope } from '../scope.ts';

/** A part of the library: the documents that meet every condition given. */
export interface DocumentFilter {
  documentIds?: readonly string[];
  collectionId?: string;
  /** All of them. */
  tags?: readonly string[];
  /** Added at this time or later. */
  addedFrom?: Date;
  addedBefore?: Date;
}

/** Whether `document` is in that part. */
export function isInFilter(scope: TwinScope, filter: DocumentFilter): RawBuilder<boolean> {
  const { documentIds, collectionId, tags, addedFrom, addedBefore } = filter;
  const conditions = [sql<boolean>`true`];
  if (documentIds !== undefined) {
    conditions.push(sql<boolean>`document.id = any (${[...documentIds]}::text[])`);
  }
  if (collectionId !== undefined) {
    conditions.push(sql<boolean>`document.id in (select document_id from collection_document
      where twin_id = ${scope.twinId} and collection_id = ${collectionId})`);
  }
  for (const tag of tags ?? []) {
    conditions.push(sql<boolean>`document.id in (select document_id from document_tag
      where twin_id = ${scope.twinId} and tag = ${tag})`);
  }
  if (addedFrom !== undefined) conditions.push(sql<boolean>`document.created_at >= ${addedFrom}`);
  if (addedBefore !== undefined) conditions.push(sql<boolean>`document.created_at < ${addedBefore}`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** The versions of that part that answer, one a row. */
export function liveVersionIds(scope: TwinScope, filter: DocumentFilter): RawBuilder<unknown> {
  return sql`
    select live_version_id from document
    where twin_id = ${scope.twinId} and deleted_at is null and live_version_id is not null
      and ${isInFilter(scope, filter)}`;
}
