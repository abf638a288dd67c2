import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCrossEncoder } from './cross-encoder.ts';
import { isCrossEncoder, readCrossEncoderFolder } from './cross-encoder-folder.ts';
import type { ModelFolder } from './model-folder.ts';

/** Stands in for Transformers.js, which weighs 470 MB: a passage's score is how many of the question's words it holds. */
const standIn = `
export const env = {};
export const AutoTokenizer = {
  from_pretrained: async () => (questions, { text_pair }) => ({ pairs: questions.map((q, n) => [q, text_pair[n]]) }),
};
export const AutoModelForSequenceClassification = {
  from_pretrained: async (name) => async ({ pairs }) => {
    if (pairs.length > 1) throw new Error('too many at once');
    if (pairs.some(([, passage]) => passage === 'throw')) throw new Error('a passage it cannot read');
    const scores = pairs.map(([q, passage]) => q.split(' ').filter((word) => passage.includes(word)).length);
    if (name === 'silent') scores.fill(NaN);
    const data = name === 'two-labels' ? scores.flatMap((score) => [-score, score]) : scores;
    return { logits: { dims: [pairs.length, data.length / pairs.length], data: Float32Array.from(data) } };
  },
};`;

let parent: string;
let runtime: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'twin-reranker-'));
  runtime = join(parent, 'runtime');
  write('runtime', { 'package.json': '{}' });
  write('runtime/node_modules/@huggingface/transformers', {
    'package.json': '{"type":"module","exports":"./index.js"}',
    'index.js': standIn,
  });
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

function write(name: string, files: Record<string, string>): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
}

function rerankerOf(name = 'ms-marco-MiniLM-L-6-v2') {
  const folder: ModelFolder = { folder: join('/models', name), modelName: name, subfolder: 'onnx', dtype: 'q8' };
  return createCrossEncoder(folder, runtime);
}

const { signal } = new AbortController();

test.each(['ms-marco-MiniLM-L-6-v2', 'two-labels'])(
  '%s orders any number of passages by their scores',
  async (name) => {
    const passages = Array.from({ length: 20 }, (_, n) =>
      n === 17 ? 'drones have stings' : n === 3 ? 'drones' : `no ${n}`,
    );
    const { order, spent } = await rerankerOf(name).rank('drones have stings', passages, signal);
    expect(order?.slice(0, 3)).toEqual([17, 3, 0]);
    expect(order?.toSorted((a, b) => a - b)).toEqual(passages.map((_, place) => place));
    expect(spent).toBeUndefined();
  },
);

test.each([
  ['a passage it cannot read', 'ms-marco-MiniLM-L-6-v2', 'throw'],
  ['it gave no score for a passage', 'silent', 'fine'],
])('%s is told with the folder', async (reason, name, passage) => {
  const ranking = rerankerOf(name).rank('question', [passage], signal);
  await expect(ranking).rejects.toMatchObject({
    code: 'model-unavailable',
    message: expect.stringMatching(new RegExp(`/models/${name} does not work: ${reason}`)),
  });
});

test('what was canceled while it waited is never read', async () => {
  const reranker = rerankerOf();
  const first = reranker.rank('question', ['passage'], signal);
  await expect(reranker.rank('question', ['throw'], AbortSignal.abort())).rejects.toMatchObject({ code: 'canceled' });
  await first;
});

test('without what runs it, the next step is its installation', () => {
  const folder: ModelFolder = { folder: '/m', modelName: 'm', subfolder: '', dtype: 'q8' };
  expect(() => createCrossEncoder(folder, '/nowhere')).toThrow(/RERANKER_FOLDER: .*what runs it is not installed/);
});

test('a folder with a cross-encoder is told from one with another model', () => {
  const files = { 'tokenizer.json': '{}', 'model.onnx': 'weights' };
  const config = (labels: string) => `{"architectures":["BertForSequenceClassification"],"id2label":{${labels}}}`;
  const judge = write('judge', { ...files, 'config.json': config('"0":"LABEL_0"') });
  expect(readCrossEncoderFolder(judge).modelName).toMatch(/^judge \([\da-f]{8}\)$/);
  const entailment = write('nli', { ...files, 'config.json': config('"0":"no","1":"neutral","2":"yes"') });
  const sentences = write('sentences', { ...files, 'config.json': '{"architectures":["BertModel"]}' });
  expect([judge, entailment, sentences].map(isCrossEncoder)).toEqual([true, false, false]);
  expect(() => readCrossEncoderFolder(sentences)).toThrow(/RERANKER_FOLDER: .*is no cross-encoder/);
  expect(() => readCrossEncoderFolder(join(parent, 'nothing'))).toThrow(/RERANKER_FOLDER: .*holds no config\.json/);
});

const { TEST_RERANKER_FOLDER: realFolder = '', TEST_TRANSFORMER_RUNTIME: realRuntime = '' } = process.env;

test.runIf(realFolder !== '' && realRuntime !== '')(
  'a real model gives each passage a place',
  async () => {
    const reranker = createCrossEncoder(readCrossEncoderFolder(realFolder), realRuntime);
    const passages = ['The stock market fell.', 'A kitten is a young cat.', 'Kittens drink milk.'];
    const { order } = await reranker.rank('What is a kitten?', passages, signal);
    expect(order?.toSorted()).toEqual([0, 1, 2]);
  },
  120_000,
);
