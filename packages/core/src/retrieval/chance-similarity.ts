import { listSpreadSimilarities } from '@twin/db/queries/spread-similarities';
import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';

const pairsDrawn = 200;
/** Fewer say little about how alike any two passages are. */
const pairsMin = 30;
/** Of what lies between chance and the same text, something must be left to tell by. */
const chanceMax = 0.99;
/** A library changes slowly; one that doubles is looked at anew. */
const keptSeconds = 30 * 24 * 3600;

/**
 * How alike passages of this library are to one another by chance: models differ (unrelated texts are at 0.1 with one and at
 * 0.85 with another), and so do libraries. The mean of random pairs, measured once for each model and size of the library, and
 * kept. Undefined while there are too few passages to tell, or too few of them have their vectors; that is not kept.
 */
export async function findChanceSimilarity(
  { db, cache }: Pick<Deps, 'db' | 'cache'>,
  scope: TwinScope,
  { modelId, chunkCount }: { modelId: number; chunkCount: number },
): Promise<number | undefined> {
  if (chunkCount < pairsMin) return undefined;
  const key = cacheKeys.chanceSimilarity(modelId, Math.floor(Math.log2(chunkCount)));
  const kept = await cache.find(scope, key);
  if (kept !== undefined) return Number(kept);
  const chance = meanOf(await listSpreadSimilarities(db, scope, { modelId, pairs: pairsDrawn }));
  if (chance !== undefined) await cache.keep(scope, key, { value: String(chance), ttlSeconds: keptSeconds });
  return chance;
}

export function meanOf(similarities: readonly number[]): number | undefined {
  const count = similarities.length;
  if (count < pairsMin) return undefined;
  return Math.min(chanceMax, similarities.reduce((sum, value) => sum + value, 0) / count);
}
