import { basename } from 'node:path';
import { workerData } from 'node:worker_threads';
import { answerCalls } from './answer-calls.ts';
import type { PairsToScore } from './cross-encoder.ts';
import { type ModelWorkerData, openModel } from './transformer-runtime.ts';

// The thread in which a cross-encoder runs: it would hold up the event loop for as long as it reads.

const { model } = workerData as ModelWorkerData;
const { AutoModelForSequenceClassification, AutoTokenizer, options } = await openModel(workerData as ModelWorkerData);
const tokenizer = await AutoTokenizer.from_pretrained(basename(model.folder), options);
const classifier = await AutoModelForSequenceClassification.from_pretrained(basename(model.folder), options);

answerCalls(async ({ question, passages }: PairsToScore) => {
  const questions = passages.map(() => question);
  const { logits } = await classifier(tokenizer(questions, { text_pair: passages, padding: true, truncation: true }));
  // Of two labels the second says how well the passage answers.
  const labels = logits.dims[1] ?? 1;
  return Float32Array.from(passages, (_, row) => logits.data[row * labels + labels - 1] ?? Number.NaN);
});
