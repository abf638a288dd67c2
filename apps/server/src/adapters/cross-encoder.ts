import { AppError } from '@twin/core/app-error';
import type { Reranker } from '@twin/core/ports';
import type { ModelFolder } from './model-folder.ts';
import { createModelLane } from './model-lane.ts';
import { requireRuntime, transformerThreads } from './transformer-runtime.ts';

/** Passages that are read at once: another visitor's question waits for no more than these. */
const callPassagesMax = 8;

/** What the thread is asked: the question beside each of the passages. */
export interface PairsToScore {
  question: string;
  passages: string[];
}

/**
 * Orders passages by a model that reads the question and one passage together and gives a score (Nogueira and Cho, 2019). It
 * runs on this machine's CPU, in a thread of its own that starts with the first question.
 *
 * @param runtime where `model install` has put what runs it.
 * @throws ConfigurationError when nothing has been put there.
 */
export function createCrossEncoder(model: ModelFolder, runtime: string): Reranker {
  requireRuntime('RERANKER_FOLDER', runtime);
  const failed = (reason: string) => {
    const message = `The reranker in ${model.folder} does not work: ${reason}. Check the files in that folder.`;
    return new AppError('model-unavailable', message, { reason: 'cross-encoder' });
  };
  const lane = createModelLane<PairsToScore, Float32Array>({
    program: new URL('./cross-encoder-worker.ts', import.meta.url),
    workerData: { model, runtime, threads: transformerThreads() },
    failed,
  });
  return {
    name: `cross-encoder ${model.modelName}`,
    spendsTokens: false,
    async rank(question, passages, signal) {
      const scores: number[] = [];
      for (let start = 0; start < passages.length; start += callPassagesMax) {
        const asked = passages.slice(start, start + callPassagesMax);
        const given = await lane.run({ question, passages: asked }, { isUrgent: true, signal });
        if (given.length !== asked.length || !given.every(Number.isFinite))
          throw failed('it gave no score for a passage');
        scores.push(...given);
      }
      const order = scores.map((score, place) => ({ score, place })).toSorted((a, b) => b.score - a.score);
      return { order: order.map(({ place }) => place), spent: undefined };
    },
  };
}
