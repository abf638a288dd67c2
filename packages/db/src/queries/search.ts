import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';
import { cosineDistance, isZeroVector } from '../vector.ts';
import { embeddingTable } from './embedding-models.ts';
import { isVectorInRange, type SearchRange } from './search-range.ts';

export interface NearChunk {
  chunkId: number;
  /** Cosine similarity, -1 to 1. */
  similarity: number;
}

export interface PassageRow {
  chunkId: number;
  documentId: string;
  documentTitle: string;
  versionId: number;
  /** Of the version's file, as its reader tells. */
  mediaType: string | null;
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: string[];
  content: string;
}

/**
 * On a server, from here on the index finds the nearest of a whole library; below, comparing all is nearly as fast, and exact.
 * Embedded there is no index (see `vectorStorage`). Both measured in docs/decisions/0296.
 */
const EXACT_CHUNKS_MAX = 5_000;
/** Comparisons of a scan that take as long as an index's first 100 answers, half as many again for those it misses. */
const WALK_AS_COMPARISONS = 4_000;
const WALK_ANSWERS = 100;

/**
 * Up to how many chunks of a filtered library a search compares one by one. Of the index's answers only the filter's share
 * counts, so it walks on for `limit / share` of them; here both ways take as long. See bench/vectors.md.
 */
export function comparedMax({ libraryChunkCount }: SearchRange, limit: number): number {
  const balance = Math.sqrt((WALK_AS_COMPARISONS / WALK_ANSWERS) * limit * libraryChunkCount);
  return Math.max(EXACT_CHUNKS_MAX, Math.floor(balance));
}

export interface NearestSearch {
  modelId: number;
  embedding: Float32Array;
  range: SearchRange;
  limit: number;
  /** What the metadata a chunk came with must contain; `range.chunkCount` then counts the chunks whose metadata does. */
  metadata?: Record<string, unknown>;
}

/**
 * The chunks whose vectors of this model point most nearly where `embedding` does, nearest first. Exact in a small range
 * and where there is no index; else approximate but exactly ordered. A zero vector is near nothing.
 *
 * A filter's range is compared whole up to `comparedMax`: an index that meets one vector in a hundred of the filter takes
 * longer to find fewer.
 *
 * @throws a database error `22000` when `embedding` is not of the model's width.
 */
export async function findNearestChunks(db: Db, scope: TwinScope, search: NearestSearch): Promise<NearChunk[]> {
  if (isZeroVector(search.embedding)) {
    return [];
  }
  const { rows } = await sql<NearChunk>`${nameOf(search)}${nearestChunks(scope, search)}`.execute(db);
  return rows;
}

/**
 * Planned once per connection where the text is the same each time: of the whole library, where that takes a tenth of the
 * time, and of known versions, which are read by one plan however many they are. Others are planned anew.
 */
function nameOf(search: NearestSearch): RawBuilder<unknown> {
  const { modelId, limit, range, metadata } = search;
  const isPart = range.filter !== undefined;
  if (metadata !== undefined || (isPart && range.versionIds === undefined)) return sql``;
  const way = isExact(search) ? 'exactly' : 'by-index';
  return namedStatement(`nearest-${limit}-of-${modelId}-${way}${isPart ? '-in-versions' : ''}`);
}

/** What is hidden leaves a part of what an index holds, as a filter does. */
function isExact({ range, metadata, limit }: NearestSearch): boolean {
  const isAll = range.chunkCount === range.libraryChunkCount;
  const isWhole = range.filter === undefined && metadata === undefined && isAll;
  return range.chunkCount <= (isWhole ? EXACT_CHUNKS_MAX : comparedMax(range, limit));
}

/** The statement of `findNearestChunks`, for those who ask how it is planned. */
export function nearestChunks(scope: TwinScope, search: NearestSearch): RawBuilder<NearChunk> {
  const { modelId, embedding, range, limit, metadata } = search;
  const exact = isExact(search);
  const distance = cosineDistance('embedding', embedding);
  const isInPart = isVectorInRange(scope, range, { isExact: exact, hasMetadata: metadata !== undefined });
  // The limit stands in the text: a plan for any limit would not be one for few rows.
  // Ordered by the operator itself, since nothing else can use the index; plus nothing, where the index must not be used.
  // And once more outside, since an index scan that goes on past its first candidates returns them slightly out of order.
  // Above 2 is NaN, from a zero vector in the table.
  return sql<NearChunk>`
    with nearest as materialized (
      select chunk_id, ${exact ? sql`(${distance}) + 0` : distance} as distance
      from ${embeddingTable(modelId)}
      where twin_id = ${scope.twinId} and ${isInPart} and ${hasMetadata(scope, metadata, exact)}
      order by distance
      limit ${sql.lit(limit)}
    )
    select chunk_id as "chunkId", 1 - distance as similarity
    from nearest
    where distance <= 2
    order by distance, chunk_id`;
}

/**
 * The condition on a table of vectors. An exact search has the ids of the chunks that meet it looked up first. In an
 * approximate one a subquery of one value asks of each vector the scan meets; a join would let the planner leave the index.
 */
function hasMetadata(scope: TwinScope, metadata: object | undefined, isExact: boolean): RawBuilder<boolean> {
  if (metadata === undefined) return sql<boolean>`true`;
  const held = sql<boolean>`chunk.metadata @> ${JSON.stringify(metadata)}::jsonb`;
  return isExact
    ? sql<boolean>`chunk_id = any (array(select id from chunk where twin_id = ${scope.twinId} and ${held}))`
    : sql<boolean>`(select ${held} from chunk where twin_id = ${scope.twinId} and id = chunk_id)`;
}

/** What a citation of each chunk needs, in the order asked. Chunks that are gone, hidden, switched off or deleted by now are left out. */
export async function listPassages(db: Db, scope: TwinScope, chunkIds: readonly number[]): Promise<PassageRow[]> {
  if (chunkIds.length === 0) {
    return [];
  }
  const { rows } = await sql<PassageRow>`${namedStatement('passages')}
    select c.id as "chunkId", c.document_id as "documentId", d.title as "documentTitle", c.version_id as "versionId",
      v.media_type as "mediaType", c.ordinal, c.start_offset as "startOffset", c.end_offset as "endOffset", c.page_from as "pageFrom",
      c.page_to as "pageTo", c.heading_path as "headingPath", c.content
    from chunk c
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
    join document d on d.twin_id = c.twin_id and d.id = c.document_id and d.deleted_at is null
    where c.twin_id = ${scope.twinId} and c.id = any (cast(${[...chunkIds]} as bigint[])) and c.enabled`.execute(db);
  const byId = new Map(rows.map((row) => [row.chunkId, row]));
  return chunkIds.flatMap((id) => byId.get(id) ?? []);
}
