import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { vectorText } from '../vector.ts';
import { embeddingTable } from './embedding-models.ts';
import type { NewEmbedding } from './embeddings.ts';

/** A chunk of any version that has no vector of a model yet. */
export interface ShadowChunk {
  id: number;
  versionId: number;
  title: string;
  headingPath: string[];
  content: string;
}

/** The first chunks after `afterId`, by id, that have no vector of this model: where filling its table goes on. */
export async function listChunksWithoutVector(
  db: Db,
  scope: TwinScope,
  { modelId, afterId, limit }: { modelId: number; afterId: number; limit: number },
): Promise<ShadowChunk[]> {
  const { rows } = await sql<ShadowChunk>`
    select c.id, c.version_id as "versionId", d.title, c.heading_path as "headingPath", c.content
    from chunk c
    join document d on d.twin_id = c.twin_id and d.id = c.document_id
    where c.twin_id = ${scope.twinId} and c.id > ${afterId}
      and not exists (
        select from ${embeddingTable(modelId)} e where e.twin_id = c.twin_id and e.chunk_id = c.id
      )
    order by c.id
    limit ${limit}`.execute(db);
  return rows;
}

/** Chunks that a search can find, and how many of them have their vector of this model. */
export async function countShadowed(
  db: Db,
  scope: TwinScope,
  modelId: number,
): Promise<{ chunks: number; shadowed: number }> {
  const { rows } = await sql<{ chunks: number; shadowed: number }>`
    select count(*) as chunks, count(e.chunk_id) as shadowed
    from chunk c
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
    left join ${embeddingTable(modelId)} e on e.twin_id = c.twin_id and e.chunk_id = c.id
    where c.twin_id = ${scope.twinId}`.execute(db);
  return rows[0] ?? { chunks: 0, shadowed: 0 };
}

/** Adds vectors to a table that is being filled. Chunks that are gone by now, or have theirs, are left out. */
export async function insertShadowEmbeddings(
  db: Db,
  scope: TwinScope,
  modelId: number,
  embeddings: readonly NewEmbedding[],
): Promise<void> {
  if (embeddings.length === 0) return;
  const table = embeddingTable(modelId);
  const rows = embeddings.map(({ chunkId, embedding }) => sql`(${chunkId}::bigint, ${vectorText(embedding)})`);
  // Locked, so that a deletion under way is either seen here or takes these rows along.
  await sql`
    insert into ${table} (twin_id, chunk_id, version_id, embedding, enabled)
    select c.twin_id, c.id, c.version_id, given.embedding::vector, c.enabled
    from (values ${sql.join(rows)}) as given (chunk_id, embedding)
    join chunk c on c.twin_id = ${scope.twinId} and c.id = given.chunk_id
    for key share of c
    on conflict (twin_id, chunk_id) do nothing`.execute(db);
}

/** Live chunks of 40 characters or more, spread over the library, the same at each call while nothing changes. */
export async function sampleChunks(
  db: Db,
  scope: TwinScope,
  limit: number,
): Promise<{ id: number; content: string }[]> {
  const { rows } = await sql<{ id: number; content: string }>`
    select c.id, c.content
    from chunk c
    join document_version v on v.twin_id = c.twin_id and v.id = c.version_id and v.visibility = 'live'
    where c.twin_id = ${scope.twinId} and length(c.content) >= 40
    order by md5(c.id::text)
    limit ${limit}`.execute(db);
  return rows;
}
