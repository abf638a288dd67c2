import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import { type DocumentFilter, isInFilter, isVersionInFilter, versionsInFilter } from './document-filter.ts';

/** What a search looks at, and how much that is: the size decides how it is done. */
export interface SearchRange {
  filter: DocumentFilter | undefined;
  /** Of the live versions that pass the filter; without one, as many as in the library. */
  chunkCount: number;
  /** All of the twin, the few of versions that are not served included. */
  libraryChunkCount: number;
}

/** Up to here a filtered search fetches the filter's chunks by their ids and compares them all. */
const NARROW_CHUNKS_MAX = 5_000;

/** The documents that answer questions and pass the filter. */
export async function findSearchRange(
  db: Db,
  scope: TwinScope,
  filter: DocumentFilter | undefined,
): Promise<SearchRange> {
  if (filter === undefined) {
    const { rows } = await sql<{ count: number }>`${namedStatement('count-chunks')}
      select ${libraryChunkCount(scope)} as count`.execute(db);
    const chunkCount = rows[0]?.count ?? 0;
    return { filter, chunkCount, libraryChunkCount: chunkCount };
  }
  const { rows } = await sql<Omit<SearchRange, 'filter'>>`
    select coalesce(sum(version.chunk_count), 0)::integer as "chunkCount", ${libraryChunkCount(scope)} as "libraryChunkCount"
    from document
    join document_version as version on version.twin_id = document.twin_id and version.id = document.live_version_id
    where document.twin_id = ${scope.twinId} and document.deleted_at is null and ${isInFilter(scope, filter)}`.execute(
    db,
  );
  return { filter, ...(rows[0] ?? { chunkCount: 0, libraryChunkCount: 0 }) };
}

/** The empty word stands in every chunk: its row counts them, kept by the triggers that keep all words' counts. */
function libraryChunkCount(scope: TwinScope): RawBuilder<number> {
  return sql<number>`coalesce((select chunk_count from word where twin_id = ${scope.twinId} and lexeme = ''), 0)`;
}

/** Whether the range is few enough chunks to compare them all, one by one. */
export function isNarrow({ filter, chunkCount }: SearchRange): boolean {
  return filter !== undefined && chunkCount <= NARROW_CHUNKS_MAX;
}

/** The condition on a table of vectors that holds for the vectors of a range whose chunks are switched on. */
export function isVectorInRange(scope: TwinScope, range: SearchRange, isExact: boolean): RawBuilder<boolean> {
  if (range.filter === undefined) return isInRange(scope, range);
  // An approximate search meets the filter inside the scan of the nearest, an exact one reads by the index of versions.
  if (!isExact) return sql<boolean>`enabled and ${isVersionInFilter(scope, range.filter)}`;
  return sql<boolean>`enabled and version_id = any (${versionsInFilter(scope, range.filter)})`;
}

/**
 * The condition on a table of chunks that holds for the chunks of a range that are switched on. Arrays that are computed
 * once stay inside an index scan; as joins they would run after the scan's limit and leave too few rows.
 */
export function isInRange(scope: TwinScope, range: SearchRange): RawBuilder<boolean> {
  if (range.filter === undefined) {
    // All but the few versions whose rows exist but must not be served.
    return sql<boolean>`enabled and version_id <> all (array(
      select id from document_version where twin_id = ${scope.twinId} and visibility = 'hidden'))`;
  }
  if (!isNarrow(range)) return sql<boolean>`enabled and ${isVersionInFilter(scope, range.filter)}`;
  return sql<boolean>`enabled and chunk_id = any (array(
    select id from chunk where twin_id = ${scope.twinId} and version_id = any (${versionsInFilter(scope, range.filter)})))`;
}
