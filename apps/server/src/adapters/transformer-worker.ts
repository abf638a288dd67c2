import { basename } from 'node:path';
import { workerData } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import type { TransformerFolder } from './transformer-folder.ts';
import { type ModelWorkerData, openModel } from './transformer-runtime.ts';

// The thread in which a sentence model runs: it would hold up the event loop for as long as it reads.

const { model } = workerData as ModelWorkerData<TransformerFolder>;
const { pipeline, options } = await openModel(workerData as ModelWorkerData);
const extract = await pipeline('feature-extraction', basename(model.folder), options);

answerCalls(async (text: string) => {
  const { data } = await extract([text], { pooling: model.pooling, normalize: true });
  return Float32Array.from(data);
});
