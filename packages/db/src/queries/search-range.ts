import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import { type DocumentFilter, isInFilter, isVersionInFilter, versionsInFilter } from './document-filter.ts';

/** What a search looks at, and how much that is: the size decides how it is done. */
export interface SearchRange {
  filter: DocumentFilter | undefined;
  /** Of the live versions in it. Of a whole library not all are counted: see `COUNTED_CHUNKS_MAX`. */
  chunkCount: number;
  /** Of all live versions. */
  libraryChunkCount: number;
}

/** Up to here a filtered search fetches the filter's chunks by their ids and compares them all. */
const NARROW_CHUNKS_MAX = 5_000;
/** Searches of a whole library that is larger than this are all done alike, so it is not counted further. */
const COUNTED_CHUNKS_MAX = 10_000;

/** The documents that answer questions and pass the filter. */
export async function findSearchRange(
  db: Db,
  scope: TwinScope,
  filter: DocumentFilter | undefined,
): Promise<SearchRange> {
  if (filter !== undefined) return { filter, ...(await countFiltered(db, scope, filter)) };
  const chunkCount = await countUpToMax(db, scope);
  return { filter, chunkCount, libraryChunkCount: chunkCount };
}

/** Every document that answers has one live version, and no other has. An index holds all that is read. */
function liveVersions(scope: TwinScope): RawBuilder<unknown> {
  return sql`from document_version where twin_id = ${scope.twinId} and visibility = 'live'`;
}

/** Sums version by version and stops past the limit: a large library is not read through for each question. */
async function countUpToMax(db: Db, scope: TwinScope): Promise<number> {
  const { rows } = await sql<{ chunkCount: number }>`${namedStatement('count-live-chunks')}
    select coalesce(
      (select counted from (select sum(chunk_count) over (rows unbounded preceding) as counted ${liveVersions(scope)}) as so_far
        where counted > ${sql.lit(COUNTED_CHUNKS_MAX)} limit 1),
      (select sum(chunk_count) ${liveVersions(scope)}), 0)::integer as "chunkCount"`.execute(db);
  return rows[0]?.chunkCount ?? 0;
}

async function countFiltered(db: Db, scope: TwinScope, filter: DocumentFilter): Promise<Omit<SearchRange, 'filter'>> {
  const { rows } = await sql<Omit<SearchRange, 'filter'>>`
    select coalesce(sum(version.chunk_count), 0)::integer as "chunkCount",
      (select coalesce(sum(chunk_count), 0)::integer ${liveVersions(scope)}) as "libraryChunkCount"
    from document
    join document_version as version on version.twin_id = document.twin_id and version.id = document.live_version_id
    where document.twin_id = ${scope.twinId} and document.deleted_at is null and ${isInFilter(scope, filter)}`.execute(
    db,
  );
  return rows[0] ?? { chunkCount: 0, libraryChunkCount: 0 };
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
