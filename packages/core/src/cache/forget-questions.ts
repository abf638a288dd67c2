import { questionEmbeddingKeyPrefix } from './cache-keys.ts';
import type { Cache } from './create-cache.ts';

/**
 * The cache of one answer to a visitor. Vectors of questions live as long as it does: none is taken from what others asked,
 * whose haste would tell, and none stays. What is known of the library is shared as ever.
 */
export function forgetQuestions(cache: Cache): Cache {
  const vectors = new Map<string, Promise<string>>();
  return {
    ...cache,
    async getOrCompute(scope, key, options, compute) {
      if (!key.startsWith(questionEmbeddingKeyPrefix)) return await cache.getOrCompute(scope, key, options, compute);
      const vector = vectors.get(key) ?? compute();
      vectors.set(key, vector);
      return await vector;
    },
  };
}
