import { listSpreadSimilarities } from '@twin/db/queries/spread-similarities';
import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';

const pairsDrawn = 200;
/** Fewer say little about how alike any two passages are. */
const pairsMin = 30;
/** As alike as two in a hundred random pairs, where similarities are spread as they mostly are. */
const deviationsAbove = 2;
/** A library changes slowly; one that doubles is looked at anew. */
const keptSeconds = 30 * 24 * 3600;

/**
 * From which cosine on a passage is nearer to a question than passages of this library are to one another by chance:
 * models differ (unrelated texts are at 0.1 with one and at 0.75 with another), and so do libraries. Measured on random
 * pairs once for each model and size of the library, and kept. Undefined while there are too few passages to tell, or too
 * few of them have their vectors; that is not kept.
 */
export async function findSimilarityFloor(
  { db, cache }: Pick<Deps, 'db' | 'cache'>,
  scope: TwinScope,
  { modelId, chunkCount }: { modelId: number; chunkCount: number },
): Promise<number | undefined> {
  if (chunkCount < pairsMin) return undefined;
  const key = cacheKeys.similarityFloor(modelId, Math.floor(Math.log2(chunkCount)));
  const kept = await cache.find(scope, key);
  if (kept !== undefined) return Number(kept);
  const floor = floorOf(await listSpreadSimilarities(db, scope, { modelId, pairs: pairsDrawn }));
  if (floor !== undefined) await cache.keep(scope, key, { value: String(floor), ttlSeconds: keptSeconds });
  return floor;
}

/** The mean of random pairs and twice their standard deviation. */
export function floorOf(similarities: readonly number[]): number | undefined {
  const count = similarities.length;
  if (count < pairsMin) return undefined;
  const mean = similarities.reduce((sum, value) => sum + value, 0) / count;
  const variance = similarities.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return Math.min(1, Math.max(0.01, mean + deviationsAbove * Math.sqrt(variance)));
}
