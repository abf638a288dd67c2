import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError } from '@twin/core/app-error';
import type { Embedder } from '@twin/core/ports';
import { ConfigurationError } from '../configuration-error.ts';
import { embeddingPrefixes } from './embedding-prefixes.ts';
import { searchWeightOf } from './search-weight.ts';
import type { TransformerFolder } from './transformer-folder.ts';
import { isRuntimeInstalled } from './transformer-runtime.ts';
import type { TransformerReply, TransformerWorkerData } from './transformer-worker.ts';

/** Passages that are read at once: a question waits for no more than these. */
const callTextsMax = 8;

interface Call {
  texts: string[];
  signal: AbortSignal | undefined;
  settle: PromiseWithResolvers<Float32Array>;
}

/**
 * A sentence model that runs on this machine's CPU, in a thread of its own that starts with the first text. Questions are
 * read before the passages that wait.
 *
 * @param runtime where `model install` has put what runs it.
 * @throws ConfigurationError when nothing has been put there.
 */
export function createTransformerEmbedder(model: TransformerFolder, runtime: string): Embedder {
  if (!isRuntimeInstalled(runtime)) {
    const reason = 'names a model, but what runs it is not installed';
    const nextStep = 'Run once: npm run cli -- model install';
    throw new ConfigurationError([{ name: 'EMBEDDING_FOLDER', reason, nextStep }]);
  }
  const { dimensions } = model;
  const prefixes = embeddingPrefixes(model.modelName);
  const lane = createLane({ model, runtime, threads: Math.max(1, availableParallelism() - 1) });
  return {
    provider: 'transformer',
    modelName: model.modelName,
    dimensions,
    batchMax: 4 * callTextsMax,
    searchWeight: searchWeightOf(model.modelName),
    async embed(given, purpose, signal) {
      const prefix = prefixes?.[purpose] ?? '';
      const vectors: Float32Array[] = [];
      for (let start = 0; start < given.length; start += callTextsMax) {
        const texts = given.slice(start, start + callTextsMax).map((text) => prefix + text);
        const all = await lane.run(texts, { isUrgent: purpose === 'question', signal });
        if (all.length !== texts.length * dimensions) throw modelFailed(model, 'it gave vectors of another width');
        vectors.push(...texts.map((_, n) => all.slice(n * dimensions, (n + 1) * dimensions)));
      }
      return vectors;
    },
  };
}

/** One thread, and who waits for it. A thread that dies takes its call with it; the next call starts another. */
function createLane(workerData: TransformerWorkerData) {
  const urgent: Call[] = [];
  const patient: Call[] = [];
  let worker: Worker | undefined;
  let current: Call | undefined;

  function start(): Worker {
    const started = new Worker(new URL('./transformer-worker.ts', import.meta.url), { workerData });
    started.on('message', (reply: TransformerReply) => {
      if ('vectors' in reply) current?.settle.resolve(reply.vectors);
      else current?.settle.reject(modelFailed(workerData.model, reply.error));
      next();
    });
    started.on('error', (error) => lose(started, error.message));
    started.on('exit', () => lose(started, 'its thread ended'));
    return started;
  }

  function lose(dead: Worker, reason: string): void {
    if (worker !== dead) return;
    worker = undefined;
    current?.settle.reject(modelFailed(workerData.model, reason));
    next();
  }

  function next(): void {
    current = urgent.shift() ?? patient.shift();
    if (current === undefined) {
      // Idle, it keeps no process alive.
      worker?.unref();
      return;
    }
    if (current.signal?.aborted === true) {
      current.settle.reject(new AppError('canceled', 'The request was canceled.', { cause: current.signal.reason }));
      next();
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(current.texts);
  }

  return {
    /** The vectors of the texts, one after another. */
    async run(
      texts: string[],
      { isUrgent, signal }: { isUrgent: boolean; signal: AbortSignal | undefined },
    ): Promise<Float32Array> {
      const settle = Promise.withResolvers<Float32Array>();
      (isUrgent ? urgent : patient).push({ texts, signal, settle });
      if (current === undefined) next();
      return await settle.promise;
    },
  };
}

function modelFailed({ folder }: TransformerFolder, reason: string): AppError {
  const message = `The embedding model in ${folder} does not work: ${reason}. Check the files in that folder.`;
  return new AppError('model-unavailable', message, { reason: 'transformer' });
}
