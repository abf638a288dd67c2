import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { embeddingTable } from './embedding-models.ts';
import { findNearestChunks, type NearChunk } from './search.ts';
import { findSearchRange } from './search-range.ts';

export interface VectorRecall {
  /** Vectors asked about. */
  questions: number;
  /** The share of the nearest ten that a search finds; as near as the tenth counts as found. 1 where there is nothing to ask. */
  recall: number;
}

const NEIGHBOURS = 10;
/** Of half-precision vectors: below it two similarities are the same. */
const TIE = 1e-4;

/**
 * What searches through the index find of what comparing everything finds, asked with vectors of the library itself, spread
 * over it, each without itself. Costs as many comparisons of everything as there are questions.
 */
export async function measureVectorRecall(
  db: Db,
  scope: TwinScope,
  { modelId, questions }: { modelId: number; questions: number },
): Promise<VectorRecall> {
  const whole = await findSearchRange(db, scope, undefined);
  const asked = await sampleVectors(db, scope, modelId, questions);
  let found = 0;
  let all = 0;
  for (const { chunkId, embedding } of asked) {
    const search = { modelId, embedding, limit: NEIGHBOURS + 1 };
    const others = (near: readonly NearChunk[]) =>
      near.filter((chunk) => chunk.chunkId !== chunkId).slice(0, NEIGHBOURS);
    const nearest = others(await findNearestChunks(db, scope, { ...search, range: { ...whole, chunkCount: 0 } }));
    const least = (nearest.at(-1)?.similarity ?? 1) - TIE;
    all += nearest.length;
    found += others(await findNearestChunks(db, scope, { ...search, range: whole })).filter(
      ({ similarity }) => similarity >= least,
    ).length;
  }
  return { questions: asked.length, recall: all === 0 ? 1 : found / all };
}

/** Evenly spread over the ids, the same at each call while nothing changes. */
async function sampleVectors(
  db: Db,
  scope: TwinScope,
  modelId: number,
  count: number,
): Promise<{ chunkId: number; embedding: Float32Array }[]> {
  const table = embeddingTable(modelId);
  const { rows } = await sql<{ chunkId: number; components: string }>`
    with ids as (select min(chunk_id) as first, max(chunk_id) as last from ${table} where twin_id = ${scope.twinId})
    select distinct on (e.chunk_id) e.chunk_id as "chunkId", e.embedding::text as components
    from ids cross join generate_series(0, ${count - 1}::integer) as n cross join lateral (
      select chunk_id, embedding from ${table}
      where twin_id = ${scope.twinId} and enabled and chunk_id >= first + (last - first) * n / ${count}::integer
      order by chunk_id limit 1
    ) as e`.execute(db);
  return rows.map(({ chunkId, components }) => {
    return { chunkId, embedding: Float32Array.from(JSON.parse(components) as number[]) };
  });
}
