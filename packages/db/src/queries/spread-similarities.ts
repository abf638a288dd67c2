import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { cosineDistanceOf } from '../vector.ts';
import { embeddingTable } from './embedding-models.ts';

/**
 * The cosine similarities of up to so many pairs of chunks that stand far apart in the library: unrelated, mostly. As many
 * pairs as there are vectors, where these are fewer. The same at each call while nothing changes.
 *
 * Drawn by rank, evenly over the chunks whatever gaps their ids have, and each paired with the one half of the drawn ones
 * further on. Ranking reads the index of all chunks, which is for what is asked once and kept.
 */
export async function listSpreadSimilarities(
  db: Db,
  scope: TwinScope,
  { modelId, pairs }: { modelId: number; pairs: number },
): Promise<number[]> {
  const table = embeddingTable(modelId);
  const { rows } = await sql<{ similarity: number }>`
    with ranked as (
      select chunk_id, row_number() over (order by chunk_id) - 1 as rank, count(*) over () as total
      from ${table} where twin_id = ${scope.twinId}
    ),
    drawn as materialized (
      select chunk_id, row_number() over (order by rank) - 1 as place, count(*) over () as drawn_count
      from ranked
      where rank * ${sql.lit(pairs)} % total < ${sql.lit(pairs)}
    ),
    pair as (
      select 1 - (${cosineDistanceOf('first.embedding', 'second.embedding')}) as similarity
      from drawn as one
      -- Never half of all: then each pair would be there twice.
      join drawn as other on other.place = (one.place + (one.drawn_count - 1) / 2) % one.drawn_count
        and other.chunk_id <> one.chunk_id
      join ${table} as first on first.twin_id = ${scope.twinId} and first.chunk_id = one.chunk_id
      join ${table} as second on second.twin_id = ${scope.twinId} and second.chunk_id = other.chunk_id
    )
    select similarity::float8 as similarity from pair where similarity between -1.01 and 1.01`.execute(db);
  return rows.map(({ similarity }) => similarity);
}
