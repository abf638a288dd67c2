import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import { type DocumentFilter, liveVersionIds } from './document-filter.ts';
import { hiddenChunkCount, hiddenVersionIds } from './hidden-versions.ts';

/** What a search looks at, and how much that is: the size decides how it is done. */
export interface SearchRange {
  filter: DocumentFilter | undefined;
  /** The versions that pass the filter, where these are few enough to be told to each search instead of looked up by it. */
  versionIds?: readonly number[] | undefined;
  /** Of the live versions that pass the filter; without one, all of the library but those known to be hidden. */
  chunkCount: number;
  /** All of the twin, those of versions that are not served included. */
  libraryChunkCount: number;
}

/** Up to here a filtered search fetches the filter's chunks by their ids and compares them all. */
const NARROW_CHUNKS_MAX = 5_000;
/** As many ids are 14 kB in each statement; looking them up anew takes about a microsecond each, and so does sending them. */
const KNOWN_VERSIONS_MAX = 2_000;

/** The documents that answer questions and pass the filter. */
export async function findSearchRange(
  db: Db,
  scope: TwinScope,
  filter: DocumentFilter | undefined,
): Promise<SearchRange> {
  if (filter === undefined) {
    const { rows } = await sql<{ count: number; hidden: number }>`${namedStatement('count-chunks')}
      select ${libraryChunkCount(scope)} as count, ${hiddenChunkCount(scope)} as hidden`.execute(db);
    const [{ count, hidden } = { count: 0, hidden: 0 }] = rows;
    return wholeRange(count, hidden);
  }
  const { rows } =
    await sql<PartRow>`${namedStatement(`part-${shapeOf(filter)}`)}${searchRange(scope, filter)}`.execute(db);
  const [row] = rows;
  if (row === undefined) return { filter, chunkCount: 0, libraryChunkCount: 0 };
  return { filter, ...row, versionIds: row.versionIds ?? undefined };
}

export function wholeRange(libraryChunkCount: number, hiddenChunkCount: number): SearchRange {
  return { filter: undefined, chunkCount: Math.max(0, libraryChunkCount - hiddenChunkCount), libraryChunkCount };
}

interface PartRow extends Pick<SearchRange, 'chunkCount' | 'libraryChunkCount'> {
  versionIds: number[] | null;
}

/** The statement of `findSearchRange` with a filter, for those who ask how it is planned. */
export function searchRange(scope: TwinScope, filter: DocumentFilter): RawBuilder<PartRow> {
  // By an array, so that the versions are read by their index: of a join the planner would read all versions there are.
  return sql<PartRow>`
    with part as materialized (select array(${liveVersionIds(scope, filter)}) as ids)
    select
      (select coalesce(sum(chunk_count), 0)::integer from document_version
        where twin_id = ${scope.twinId} and id = any ((select ids from part)::bigint[])) as "chunkCount",
      ${libraryChunkCount(scope)} as "libraryChunkCount",
      case when cardinality(ids) <= ${KNOWN_VERSIONS_MAX}::integer then ids end as "versionIds"
    from part`;
}

/** Filters of one shape make one text. */
function shapeOf({ tags = [], ...filter }: DocumentFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [...given.toSorted(), `${tags.length}-tags`].join('-');
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
export function isVectorInRange(
  scope: TwinScope,
  range: SearchRange,
  { isExact, hasMetadata }: { isExact: boolean; hasMetadata: boolean },
): RawBuilder<boolean> {
  if (range.filter === undefined) return isInRange(scope, range);
  // An approximate search meets the filter inside the scan of the nearest, an exact one reads by the index of versions,
  // or by the ids of the chunks whose metadata are asked for.
  const versions = versionsOf(scope, range, range.filter);
  if (!isExact) return sql<boolean>`enabled and ${isOneOf(versions)}`;
  if (hasMetadata) return sql<boolean>`enabled and version_id = any (array(${versions}))`;
  return sql<boolean>`enabled and ${isOneOfFew(versions)}`;
}

/**
 * The condition on a table of chunks that holds for the chunks of a range that are switched on. Arrays that are computed
 * once stay inside an index scan; as joins they would run after the scan's limit and leave too few rows.
 */
export function isInRange(scope: TwinScope, range: SearchRange): RawBuilder<boolean> {
  if (range.filter === undefined) {
    // Of `<> all (array(…))` the planner expects one row, and leaves the index, where one version holds nearly everything.
    return sql<boolean>`enabled and (version_id in (${hiddenVersionIds(scope)})) is not true`;
  }
  const versions = versionsOf(scope, range, range.filter);
  if (!isNarrow(range)) return sql<boolean>`enabled and ${isOneOf(versions)}`;
  return sql<boolean>`enabled and chunk_id = any (array(
    select id from chunk where twin_id = ${scope.twinId} and ${isOneOfFew(versions)}))`;
}

/** One a row either way, so that known versions are searched by the same plan as those that are looked up. */
function versionsOf(scope: TwinScope, { versionIds }: SearchRange, filter: DocumentFilter): RawBuilder<unknown> {
  if (versionIds === undefined) return liveVersionIds(scope, filter);
  return sql`select unnest(cast(${[...versionIds]} as bigint[]))`;
}

/**
 * Whether `version_id` is one of these, for what is read by the index of versions. Where one version holds nearly everything the
 * planner takes any for that one, and would read all. Of a range whose bounds it cannot see it expects half a percent.
 */
function isOneOfFew(versions: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`version_id = any (array(${versions}))
    and version_id between (select 0::bigint) and (select 9223372036854775807)`;
}

/**
 * Whether `version_id` is one of these, for what a scan asks of every row it meets. It is answered from a hash table; an
 * array would be gone through anew for each row. As the argument of `is true` the subquery is not made into a join, which
 * would be free to leave the scan.
 */
function isOneOf(versions: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(version_id in (${versions})) is true`;
}
