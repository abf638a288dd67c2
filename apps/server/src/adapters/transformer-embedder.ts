import { AppError } from '@twin/core/app-error';
import type { Embedder } from '@twin/core/ports';
import { prefixFor } from './embedding-prefixes.ts';
import { createModelLane } from './model-lane.ts';
import { searchWeightOf } from './search-weight.ts';
import type { TransformerFolder } from './transformer-folder.ts';
import { requireRuntime, transformerThreads } from './transformer-runtime.ts';

/**
 * A sentence model that runs on this machine's CPU, in a thread of its own that starts with the first text. It reads one text at
 * a time: together, passages take longer for one another's padding, and a question would wait for all of them. Questions, and
 * sentences for an answer, are read before the passages that wait, and callers take turns.
 *
 * @param runtime where `model install` has put what runs it.
 * @throws ConfigurationError when nothing has been put there.
 */
export function createTransformerEmbedder(model: TransformerFolder, runtime: string): Embedder {
  requireRuntime('EMBEDDING_FOLDER', runtime);
  const { dimensions, prefixes } = model;
  const lane = createModelLane<string, Float32Array>({
    program: new URL('./transformer-worker.ts', import.meta.url),
    workerData: { model, runtime, threads: transformerThreads() },
    failed: (reason) => modelFailed(model, reason),
  });
  return {
    provider: 'transformer',
    modelName: model.modelName,
    dimensions,
    batchMax: 32,
    searchWeight: searchWeightOf(model.modelName),
    async embed(given, purpose, signal) {
      const prefix = prefixFor(prefixes, purpose);
      const vectors: Float32Array[] = [];
      for (const text of given) {
        const vector = await lane.run(prefix + text, { isUrgent: purpose !== 'passage', signal });
        if (vector.length !== dimensions) throw modelFailed(model, 'it gave vectors of another width');
        vectors.push(vector);
      }
      return vectors;
    },
  };
}

function modelFailed({ folder }: TransformerFolder, reason: string): AppError {
  const message = `The embedding model in ${folder} does not work: ${reason}. Check the files in that folder.`;
  return new AppError('model-unavailable', message, { reason: 'transformer' });
}
