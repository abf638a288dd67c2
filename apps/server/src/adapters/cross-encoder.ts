import { AppError } from '@twin/core/app-error';
import type { Reranker } from '@twin/core/ports';
import type { ModelFolder } from './model-folder.ts';
import { createModelLane } from './model-lane.ts';
import { requireRuntime, transformerThreads } from './transformer-runtime.ts';

/** What the thread is asked: the question beside one of the passages. */
export interface PairToScore {
  question: string;
  passage: string;
}

/**
 * Orders passages by a model that reads the question and one passage together and gives a score (Nogueira and Cho, 2019). It
 * runs on this machine's CPU, in a thread of its own that starts with the first question, a pair at a time: who asks meanwhile
 * takes turns.
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
  const lane = createModelLane<PairToScore, number>({
    program: new URL('./cross-encoder-worker.ts', import.meta.url),
    workerData: { model, runtime, threads: transformerThreads() },
    failed,
  });
  return {
    name: `cross-encoder ${model.modelName}`,
    spendsTokens: false,
    async rank(question, passages, signal) {
      const scores: number[] = [];
      for (const passage of passages) {
        const score = await lane.run({ question, passage }, { isUrgent: true, signal });
        if (!Number.isFinite(score)) throw failed('it gave no score for a passage');
        scores.push(score);
      }
      const order = scores.map((score, place) => ({ score, place })).toSorted((a, b) => b.score - a.score);
      return { order: order.map(({ place }) => place), spent: undefined };
    },
  };
}
