import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { findVectorIndex } from '@twin/db/queries/vector-index';
import { measureVectorRecall, type VectorRecall } from '@twin/db/queries/vector-recall';
import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import type { Finding } from './judge-database.ts';
import { judgeVectorIndex } from './judge-vector-index.ts';

/** Each compares every vector once, which takes half a second at a million. */
const recallQuestions = 10;
const whileShown = { ttlSeconds: 3600, isCounted: false };

type Measure = (modelId: number) => Promise<VectorRecall>;

/** How the index that finds the nearest vectors is doing, with what it was measured to find. Takes seconds on a large library. */
export async function examineVectorIndex(
  { db, databaseHome }: Pick<Deps, 'db' | 'databaseHome'>,
  scope: TwinScope,
  measure: Measure = (modelId) => measureVectorRecall(db, scope, { modelId, questions: recallQuestions }),
): Promise<Finding> {
  const [facts, model] = await Promise.all([findVectorIndex(db), findActiveEmbeddingModel(db)]);
  const recall =
    model === undefined || facts === undefined || facts.kind === null
      ? { questions: 0, recall: 1 }
      : await measure(model.id);
  return judgeVectorIndex(databaseHome, facts, recall);
}

/** The same, with what was measured at some moment of the last hour: Admin asks more often than that changes. */
export async function findVectorIndexReport(deps: Deps, scope: TwinScope): Promise<Finding> {
  return await examineVectorIndex(deps, scope, async (modelId) => {
    const measure = () =>
      deps.searchSlots.run(() => measureVectorRecall(deps.db, scope, { modelId, questions: recallQuestions }));
    const text = await deps.cache.getOrCompute(scope, cacheKeys.vectorIndex(), whileShown, async () =>
      JSON.stringify(await measure()),
    );
    const kept = JSON.parse(text) as VectorRecall;
    // It was measured before there was anything to measure with.
    return kept.questions === 0 ? await measure() : kept;
  });
}
