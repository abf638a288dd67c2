import { basename } from 'node:path';
import { workerData } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import type { PairToScore } from './cross-encoder.ts';
import { type ModelWorkerData, openModel } from './transformer-runtime.ts';

// The thread in which a cross-encoder runs: it would hold up the event loop for as long as it reads.

const { model } = workerData as ModelWorkerData;
const { AutoModelForSequenceClassification, AutoTokenizer, options } = await openModel(workerData as ModelWorkerData);
const tokenizer = await AutoTokenizer.from_pretrained(basename(model.folder), options);
const classifier = await AutoModelForSequenceClassification.from_pretrained(basename(model.folder), options);

answerCalls(async ({ question, passage }: PairToScore) => {
  const { logits } = await classifier(tokenizer([question], { text_pair: [passage], truncation: true }));
  // Of two labels the second says how well the passage answers.
  return logits.data[(logits.dims[1] ?? 1) - 1] ?? Number.NaN;
});
