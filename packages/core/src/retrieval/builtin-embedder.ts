import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Embedder } from '../ports.ts';
import { loadStaticModel } from './static-model.ts';

/** Longest time the event loop waits for the embedder, in milliseconds. */
const TURN_MS_MAX = 8;

/**
 * The embedder that needs no key and no download: the static model that ships with the product, some thousand passages
 * a second on one core. It knows related words, not word order. Loads on first use.
 */
export function createBuiltinEmbedder(): Embedder {
  let loading: ReturnType<typeof loadStaticModel> | undefined;
  return {
    provider: 'builtin',
    modelName: 'static-minilm-256-v2',
    dimensions: 256,
    batchMax: 64,
    // From 0.3 on a text that is like a question as a whole comes before the only one with the name asked for; below, fewer paraphrases
    // are found (ADR 344).
    searchWeight: 0.25,
    async familiarity(text) {
      loading ??= loadStaticModel();
      return (await loading).familiarity(text);
    },
    async embed(texts, _purpose, signal) {
      loading ??= loadStaticModel();
      const model = await loading;
      const vectors: Float32Array[] = [];
      let turnStarted = performance.now();
      for (const text of texts) {
        if (performance.now() - turnStarted > TURN_MS_MAX) {
          await nextTurn();
          signal?.throwIfAborted();
          turnStarted = performance.now();
        }
        vectors.push(model.embed(text));
      }
      return vectors;
    },
  };
}
