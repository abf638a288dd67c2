import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { cosineDistance, isZeroVector } from '../vector.ts';
import { type DocumentFilter, versionsInFilter } from './document-filter.ts';
import { embeddingTable } from './embedding-models.ts';

export interface NearChunk {
  chunkId: number;
  /** Cosine similarity, -1 to 1. */
  similarity: number;
}

export interface WordMatch {
  chunkId: number;
  /** BM25, above 0: greater is better, comparable among the chunks found for one question. */
  score: number;
}

export interface PassageRow {
  chunkId: number;
  documentId: string;
  documentTitle: string;
  versionId: number;
  ordinal: number;
  startOffset: number;
  endOffset: number;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: string[];
  content: string;
}

/**
 * Excludes passages that are switched off and the few versions whose rows exist but must not be served. An array that is computed once stays inside the
 * index scan; as a join it would run after the scan's limit and leave too few rows.
 */
function isServed(scope: TwinScope): RawBuilder<boolean> {
  return sql<boolean>`enabled and version_id <> all (array(
    select id from document_version where twin_id = ${scope.twinId} and visibility = 'hidden'))`;
}

/**
 * The chunks whose vectors of this model point most nearly where `embedding` does, nearest first. Exact where there is no
 * index or a filter; with an index, approximate but exactly ordered. A zero vector is near nothing.
 *
 * @throws a database error `22000` when `embedding` is not of the model's width.
 */
export async function findNearestChunks(
  db: Db,
  scope: TwinScope,
  { filter, ...near }: { modelId: number; embedding: Float32Array; limit: number; filter?: DocumentFilter | undefined },
): Promise<NearChunk[]> {
  if (isZeroVector(near.embedding)) {
    return [];
  }
  const statement = filter === undefined ? nearestChunks(scope, near) : nearestChunksOf(scope, { ...near, filter });
  const { rows } = await statement.execute(db);
  return rows;
}

/** Exact: every vector of the part is compared. An index scan that stops at its limit would leave too few of them. */
function nearestChunksOf(
  scope: TwinScope,
  query: { modelId: number; embedding: Float32Array; limit: number; filter: DocumentFilter },
): RawBuilder<NearChunk> {
  return sql<NearChunk>`
    with compared as materialized (
      select e.chunk_id, ${cosineDistance('e.embedding', query.embedding)} as distance
      from chunk c
      join ${embeddingTable(query.modelId)} e on e.twin_id = c.twin_id and e.chunk_id = c.id
      where c.twin_id = ${scope.twinId} and c.enabled and c.version_id = any (${versionsInFilter(scope, query.filter)})
    )
    select chunk_id as "chunkId", 1 - distance as similarity
    from compared
    where distance <= 2
    order by distance, chunk_id
    limit ${query.limit}`;
}

/** The statement of `findNearestChunks`, for those who ask how it is planned. */
export function nearestChunks(
  scope: TwinScope,
  { modelId, embedding, limit }: { modelId: number; embedding: Float32Array; limit: number },
): RawBuilder<NearChunk> {
  // Ordered by the operator itself, since nothing else can use the index; and once more outside, since an index scan that
  // goes on past its first candidates returns them slightly out of order. Above 2 is NaN, from a zero vector in the table.
  return sql<NearChunk>`
    with nearest as materialized (
      select chunk_id, ${cosineDistance('embedding', embedding)} as distance
      from ${embeddingTable(modelId)}
      where twin_id = ${scope.twinId} and ${isServed(scope)}
      order by distance
      limit ${limit}
    )
    select chunk_id as "chunkId", 1 - distance as similarity
    from nearest
    where distance <= 2
    order by distance, chunk_id`;
}

/**
 * The chunks that share words with the question, best first: English stemming, any of the words, scored by BM25. A
 * question of stop words alone finds nothing.
 *
 * The negative inner product of what the question asks (each word's rarity) and what a chunk says (see `chunk_words`) is
 * BM25 itself, so the scores are exact, and the same on every Postgres.
 */
export async function findChunksByWords(
  db: Db,
  scope: TwinScope,
  { question, limit, filter }: { question: string; limit: number; filter?: DocumentFilter | undefined },
): Promise<WordMatch[]> {
  const isWanted = filter === undefined ? sql`true` : sql`version_id = any (${versionsInFilter(scope, filter)})`;
  // The question's vector is a subquery, computed once: written into the order it would be built anew for each chunk.
  const { rows } = await sql<WordMatch>`
    with asked as materialized (
      select ('{' || string_agg(word.id || ':' || inverse_frequency(word.chunk_count, total.chunk_count)::float4, ',')
        || '}/1000000000')::sparsevec as words
      from unnest(text_words(${question})) as asked
      join word on word.twin_id = ${scope.twinId} and word.lexeme = asked.lexeme
      join word as total on total.twin_id = ${scope.twinId} and total.lexeme = ''
    ),
    best as materialized (
      select chunk_id, words <#> (select words from asked) as distance
      from chunk_words
      where twin_id = ${scope.twinId} and ${isServed(scope)} and ${isWanted}
      order by distance, chunk_id
      limit ${limit}
    )
    select chunk_id as "chunkId", -distance as score
    from best
    where distance < 0
    order by distance, chunk_id`.execute(db);
  return rows;
}

/** What a citation of each chunk needs, in the order asked. Chunks that are gone, hidden, switched off or deleted by now are left out. */
export async function listPassages(db: Db, scope: TwinScope, chunkIds: readonly number[]): Promise<PassageRow[]> {
  if (chunkIds.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('chunk as c')
    .innerJoin('document_version as v', (join) =>
      join.onRef('v.twin_id', '=', 'c.twin_id').onRef('v.id', '=', 'c.version_id').on('v.visibility', '=', 'live'),
    )
    .innerJoin('document as d', (join) =>
      join.onRef('d.twin_id', '=', 'c.twin_id').onRef('d.id', '=', 'c.document_id').on('d.deleted_at', 'is', null),
    )
    .where('c.twin_id', '=', scope.twinId)
    .where('c.id', 'in', chunkIds)
    .where('c.enabled', '=', true)
    .select([
      'c.id as chunkId',
      'c.document_id as documentId',
      'd.title as documentTitle',
      'c.version_id as versionId',
      'c.ordinal',
      'c.start_offset as startOffset',
      'c.end_offset as endOffset',
      'c.page_from as pageFrom',
      'c.page_to as pageTo',
      'c.heading_path as headingPath',
      'c.content',
    ])
    .execute();
  const byId = new Map(rows.map((row) => [row.chunkId, row]));
  return chunkIds.flatMap((id) => byId.get(id) ?? []);
}
