import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { cosineDistanceOf } from '../vector.ts';
import { embeddingTable } from './embedding-models.ts';

/**
 * The cosine similarities of up to so many pairs of chunks that stand far apart in the library: unrelated, mostly. Each
 * chunk is found by its id in the index, so that the size of the library does not matter. The same at each call while
 * nothing changes.
 */
export async function listSpreadSimilarities(
  db: Db,
  scope: TwinScope,
  { modelId, pairs }: { modelId: number; pairs: number },
): Promise<number[]> {
  const table = embeddingTable(modelId);
  const { rows } = await sql<{ similarity: number }>`
    with ends as (
      select min(chunk_id) as first, max(chunk_id) as last from ${table} where twin_id = ${scope.twinId}
    ),
    drawn as materialized (
      select place, found.chunk_id, found.embedding
      from ends
      cross join generate_series(0, ${sql.lit(2 * pairs - 1)}) as place
      cross join lateral (
        select chunk_id, embedding from ${table}
        where twin_id = ${scope.twinId} and chunk_id >= first + (last - first) * place / ${sql.lit(2 * pairs)}
        order by chunk_id limit 1
      ) as found
    ),
    pair as (
      select distinct one.chunk_id, other.chunk_id as other_id, 1 - (${cosineDistanceOf('one.embedding', 'other.embedding')}) as similarity
      from drawn as one
      join drawn as other on other.place = one.place + ${sql.lit(pairs)} and other.chunk_id <> one.chunk_id
    )
    select similarity::float8 as similarity from pair where similarity between -1.01 and 1.01`.execute(db);
  return rows.map(({ similarity }) => similarity);
}
