import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedByText, namedStatement } from '../server/name-statements.ts';
import { vectorText } from '../vector.ts';
import { embeddingTable } from './embedding-models.ts';
import { type VersionChanges, type VersionRow, versionUpdate } from './versions.ts';

export interface NewEmbedding {
  chunkId: number;
  versionId: number;
  embedding: Float32Array;
}

/** A chunk that still waits for its vector of a model. */
export interface UnembeddedChunk {
  id: number;
  ordinal: number;
  headingPath: string[];
  content: string;
}

/**
 * Adds vectors of a version that stands at `embedding`, and records in the same statement how far it has come. A batch may be
 * sent again after a crash. Undefined, and nothing is added, when the version does not stand there any more.
 *
 * @throws a database error `22000` when a vector is not of the model's width, `23503` when a chunk is gone.
 */
export async function storeEmbeddings(
  db: Db,
  scope: TwinScope,
  { modelId, versionId, embeddings }: { modelId: number; versionId: number; embeddings: readonly NewEmbedding[] },
  changes: VersionChanges,
): Promise<VersionRow | undefined> {
  const update = versionUpdate(db, scope, { id: versionId, stage: 'embedding' }, changes);
  const insert = embeddingInsert(scope, modelId, embeddings, sql`where exists (select from version)`);
  const { rows } = await sql<VersionRow>`
    with version as (${update}), stored as (${insert})
    select * from version ${namedByText}`.execute(db);
  return rows[0];
}

/** Adds vectors to a model's table; a chunk that has its vector keeps it. One text for any number of vectors. As JSON they become the column's type, whatever that is. */
export function embeddingInsert(
  scope: TwinScope,
  modelId: number,
  embeddings: readonly NewEmbedding[],
  where: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const rows = embeddings.map(({ chunkId, versionId, embedding }) => {
    return { chunk_id: chunkId, version_id: versionId, embedding: vectorText(embedding) };
  });
  const table = embeddingTable(modelId);
  return sql`
    insert into ${table} (twin_id, chunk_id, version_id, embedding)
    select ${scope.twinId}, chunk_id, version_id, embedding
    from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::json) ${where}
    on conflict (twin_id, chunk_id) do nothing`;
}

/**
 * The first chunks of a version, in reading order, that have no vector of this model yet: where embedding goes on.
 * @param options.afterOrdinal up to there all have one: what was embedded before is not looked through again.
 */
export async function listUnembeddedChunks(
  db: Db,
  scope: TwinScope,
  {
    modelId,
    versionId,
    limit,
    afterOrdinal = -1,
  }: { modelId: number; versionId: number; limit: number; afterOrdinal?: number },
): Promise<UnembeddedChunk[]> {
  const { rows } = await sql<UnembeddedChunk>`${namedStatement(`unembedded-of-${modelId}`)}
    select c.id, c.ordinal, c.heading_path as "headingPath", c.content
    from chunk c
    where c.twin_id = ${scope.twinId} and c.version_id = ${versionId} and c.ordinal > ${afterOrdinal}
      and not exists (
        select from ${embeddingTable(modelId)} e where e.twin_id = c.twin_id and e.chunk_id = c.id
      )
    order by c.ordinal
    limit ${limit}`.execute(db);
  return rows;
}

/** How many chunks of a version have their vector of this model. */
export async function countEmbeddings(
  db: Db,
  scope: TwinScope,
  { modelId, versionId }: { modelId: number; versionId: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from chunk c
    join ${embeddingTable(modelId)} e on e.twin_id = c.twin_id and e.chunk_id = c.id
    where c.twin_id = ${scope.twinId} and c.version_id = ${versionId}`.execute(db);
  return rows[0]?.count ?? 0;
}
