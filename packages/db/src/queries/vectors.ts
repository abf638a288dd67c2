import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { isZeroVector } from '../vector.ts';
import { embeddingTable, findActiveEmbeddingModel } from './embedding-models.ts';
import { comparedMax, nearestChunks } from './search.ts';
import { findSearchRange } from './search-range.ts';

export interface StoredVector {
  /** The id it came with, or `<document>-chunk-<n>`. */
  id: string;
  content: string;
  /** Where the passage stands (`documentId`, `title`, `ordinal`, …), with what the vector came with on top. */
  metadata: Record<string, unknown>;
}

export interface SimilarVector extends StoredVector {
  /** Cosine similarity, -1 to 1. */
  similarity: number;
}

export interface VectorFilter {
  documentIds?: readonly string[];
  /** What the metadata a vector came with must contain. */
  metadata?: Record<string, unknown>;
}

/**
 * The searchable vectors most like `embedding`, best first. Exact where a filter leaves few enough to compare them all
 * (see `comparedMax`), where there is no index and where `exact` is asked for; else through the index, approximate but
 * exactly ordered.
 *
 * @param threshold leaves out what is less similar.
 * @throws a database error `22000` when `embedding` is not as wide as the active model's vectors.
 */
export async function querySimilarVectors(db: Db, scope: TwinScope, query: SimilarQuery): Promise<SimilarVector[]> {
  const model = await findActiveEmbeddingModel(db);
  if (model === undefined || isZeroVector(query.embedding)) return [];
  const { rows } = await (await similarVectors(db, scope, { ...query, modelId: model.id })).execute(db);
  return rows;
}

/** The statement of `querySimilarVectors`, for those who ask how it is planned. */
export async function similarVectors(
  db: Db,
  scope: TwinScope,
  query: SimilarQuery & { modelId: number },
): Promise<RawBuilder<SimilarVector>> {
  // Above 1 is NaN, from a zero vector in the table.
  return sql<SimilarVector>`
    with near as materialized (${await nearestOf(db, scope, query)})
    select ${describedVector}, near.similarity
    from near
    join chunk c on c.twin_id = ${scope.twinId} and c.id = near."chunkId"
    ${servedOnly}
    where near.similarity >= ${query.threshold ?? -1} and near.similarity <= 1.001
    order by near.similarity desc, c.id`;
}

interface SimilarQuery {
  embedding: Float32Array;
  limit: number;
  threshold?: number;
  filter?: VectorFilter;
  /** Compares all that the filter leaves, however many. */
  exact?: boolean;
}

async function nearestOf(
  db: Db,
  scope: TwinScope,
  { filter = {}, exact = false, ...query }: SimilarQuery & { modelId: number },
): Promise<RawBuilder<unknown>> {
  const { documentIds, metadata } = filter;
  const documents = documentIds && { documentIds };
  if (exact) {
    // As small as can be: such a range is compared whole.
    const range = { filter: documents, chunkCount: 0, libraryChunkCount: 0 };
    return nearestChunks(scope, { ...query, range, ...(metadata && { metadata }) });
  }
  const range = await findSearchRange(db, scope, documents);
  if (metadata === undefined) return nearestChunks(scope, { ...query, range });
  const described = await countChunksWith(db, scope, metadata, comparedMax(range, query.limit) + 1);
  const chunkCount = Math.min(range.chunkCount, described);
  return nearestChunks(scope, { ...query, range: { ...range, chunkCount }, metadata });
}

/** Counts no further than `max`. */
async function countChunksWith(db: Db, scope: TwinScope, metadata: object, max: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from chunk where twin_id = ${scope.twinId} and metadata @> ${JSON.stringify(metadata)}::jsonb limit ${max}
    ) as held`.execute(db);
  return rows[0]?.count ?? 0;
}

/** A searchable vector's passage, by the id that `querySimilarVectors` and the `vectors` view show. */
export async function getVector(
  db: Db,
  scope: TwinScope,
  id: string,
): Promise<(StoredVector & { embedding: Float32Array }) | undefined> {
  const model = await findActiveEmbeddingModel(db);
  if (model === undefined) return undefined;
  const [, documentId, ordinal] = /^(.+)-chunk-(\d{1,9})$/s.exec(id) ?? [];
  // Two look-ups, each by an index of its own: an `or` over both would read every chunk of the twin.
  const { rows } = await sql<StoredVector & { components: string }>`
    select ${describedVector}, e.embedding::text as components
    from (
      select id from chunk where twin_id = ${scope.twinId} and vector_id = ${id}
      union all
      select place.id from document holder
      join chunk place on place.twin_id = holder.twin_id and place.version_id = holder.live_version_id
      where holder.twin_id = ${scope.twinId} and holder.id = ${documentId ?? null}
        and place.ordinal = ${Number(ordinal ?? -1)} and place.vector_id is null
    ) as held
    join chunk c on c.twin_id = ${scope.twinId} and c.id = held.id
    join ${embeddingTable(model.id)} e on e.twin_id = c.twin_id and e.chunk_id = c.id
    ${servedOnly}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { components, ...vector } = row;
  return { ...vector, embedding: Float32Array.from(JSON.parse(components) as number[]) };
}

/** Of the chunk `c` and its document `d`, as the `vectors` view shows them. */
const describedVector = sql`coalesce(c.vector_id, c.document_id || '-chunk-' || c.ordinal) as id, c.content,
  jsonb_build_object('documentId', c.document_id, 'title', d.title, 'versionId', c.version_id, 'ordinal', c.ordinal,
    'startOffset', c.start_offset, 'endOffset', c.end_offset, 'pageFrom', c.page_from, 'pageTo', c.page_to,
    'headingPath', to_jsonb(c.heading_path)) || coalesce(c.metadata, '{}') as metadata`;

const servedOnly = sql`
  join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live' and c.enabled
  join document d on d.twin_id = c.twin_id and d.id = c.document_id and d.deleted_at is null`;
