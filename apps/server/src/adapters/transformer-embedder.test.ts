import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddingPrefixes } from './embedding-prefixes.ts';
import { createTransformerEmbedder } from './transformer-embedder.ts';
import { readTransformerFolder, type TransformerFolder } from './transformer-folder.ts';

/** Stands in for Transformers.js, which weighs 470 MB: a text's vector is its length and its place among all that were read. */
const standIn = `
let read = 0;
export const env = {};
export async function pipeline(task, name, options) {
  if (name === 'broken') throw new Error('Protobuf parsing failed');
  return async (texts, { pooling, normalize }) => {
    if (texts.includes('end the thread')) process.exit(1);
    if (texts.includes('throw')) throw new Error('a text it cannot read');
    const width = texts.includes('widen') ? 3 : 2;
    const data = texts.flatMap((text) => [text.length, (read += 1), 0].slice(0, width));
    return { dims: [texts.length, width], data: Float32Array.from(data) };
  };
}`;

let runtime: string;
beforeAll(() => {
  runtime = mkdtempSync(join(tmpdir(), 'twin-runtime-'));
  const library = join(runtime, 'node_modules', '@huggingface', 'transformers');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(runtime, 'package.json'), '{}');
  writeFileSync(join(library, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(library, 'index.js'), standIn);
});
afterAll(() => rmSync(runtime, { recursive: true, force: true }));

function embedderOf(name = 'all-MiniLM-L6-v2') {
  const folder: TransformerFolder = {
    folder: join('/models', name),
    modelName: name,
    dimensions: 2,
    subfolder: 'onnx',
    dtype: 'q8',
    pooling: 'mean',
    prefixes: embeddingPrefixes(name),
  };
  return createTransformerEmbedder(folder, runtime);
}

const lengths = (vectors: Float32Array[]) => vectors.map(([length]) => length);

test('every text has its vector, in order, over any number of calls', async () => {
  const texts = Array.from({ length: 20 }, (_, n) => 'x'.repeat(n + 1));
  expect(lengths(await embedderOf().embed(texts, 'passage'))).toEqual(texts.map(({ length }) => length));
  expect(await embedderOf().embed([], 'passage')).toEqual([]);
});

test('a model that wants prefixes gets them', async () => {
  const embedder = embedderOf('multilingual-e5-small');
  expect(lengths(await embedder.embed(['abc'], 'passage'))).toEqual(['passage: abc'.length]);
  expect(lengths(await embedder.embed(['abc'], 'question'))).toEqual(['query: abc'.length]);
});

const places = (vectors: Float32Array[]) => vectors.map(([, place]) => place);
const countFrom = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

test('a question waits for the one passage that is being read, however many wait', async () => {
  const embedder = embedderOf();
  const library = Array.from({ length: 20 }, () => 'a passage');
  const batches = [embedder.embed(library, 'passage'), embedder.embed(library, 'passage')];
  expect(places(await embedder.embed(['a question'], 'question'))).toEqual([2]);
  const rest = (await Promise.all(batches)).flatMap(places).toSorted((a, b) => Number(a) - Number(b));
  expect(rest).toEqual([1, ...countFrom(3, 39)]);
});

test('two people whose answers are quoted take turns, before the passages that wait', async () => {
  const embedder = embedderOf();
  const library = embedder.embed(['a passage', 'a passage', 'a passage'], 'passage');
  const sentences = ['a sentence', 'a sentence'];
  const [one, two] = await Promise.all([embedder.embed(sentences, 'sentence'), embedder.embed(sentences, 'sentence')]);
  expect([places(one), places(two)]).toEqual([
    [2, 4],
    [3, 5],
  ]);
  expect(places(await library)).toEqual([1, 6, 7]);
});

test('who leaves waits no longer, whatever is being read', async () => {
  const embedder = embedderOf();
  const reading = embedder.embed(['passage'], 'passage');
  const leaving = new AbortController();
  const waiting = embedder.embed(['a sentence'], 'sentence', leaving.signal);
  leaving.abort();
  const first = await Promise.race([waiting.catch(({ code }: { code: string }) => code), reading.then(() => 'read')]);
  expect(first).toBe('canceled');
  await reading;
});

test('what was canceled while it waited is never read', async () => {
  const embedder = embedderOf();
  const first = embedder.embed(['first'], 'passage');
  const second = embedder.embed(['second'], 'passage', AbortSignal.abort());
  await expect(second).rejects.toMatchObject({ code: 'canceled' });
  await first;
  const [[, call] = []] = await embedder.embed(['third'], 'passage');
  expect(call).toBe(2);
});

test.each([
  ['a text it cannot read', 'throw', /a text it cannot read/],
  ['a dead thread', 'end the thread', /its thread ended/],
  ['vectors of another width', 'widen', /another width/],
])('%s fails its own call alone', async (_, text, reason) => {
  const embedder = embedderOf();
  const failing = embedder.embed([text], 'passage');
  const waiting = embedder.embed(['waits'], 'passage');
  await expect(failing).rejects.toMatchObject({ code: 'model-unavailable', message: expect.stringMatching(reason) });
  expect(lengths(await waiting)).toEqual([5]);
});

test('weights that cannot be loaded are told with their folder', async () => {
  await expect(embedderOf('broken').embed(['text'], 'passage')).rejects.toMatchObject({
    code: 'model-unavailable',
    message: expect.stringMatching(/\/models\/broken does not work: Protobuf parsing failed/),
  });
});

test('without what runs it, the next step is its installation', () => {
  const folder = { modelName: 'm', folder: '/m', dimensions: 2, subfolder: '', dtype: 'q8' } as const;
  const model = { ...folder, pooling: 'mean', prefixes: null } as const;
  expect(() => createTransformerEmbedder(model, '/nowhere')).toThrow(/what runs it is not installed/);
});

const { TEST_EMBEDDING_FOLDER: realFolder = '', TEST_TRANSFORMER_RUNTIME: realRuntime = '' } = process.env;

test.runIf(realFolder !== '' && realRuntime !== '')(
  'a real model holds a kitten for more like a cat than like the stock market, and its vectors for one long',
  async () => {
    const embedder = createTransformerEmbedder(readTransformerFolder(realFolder), realRuntime);
    const vectors = await embedder.embed(['a cat', 'a kitten', 'the stock market'], 'passage');
    const [cat, kitten, market] = vectors as [Float32Array, Float32Array, Float32Array];
    expect(vectors.map(({ length }) => length)).toEqual(vectors.map(() => embedder.dimensions));
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0);
    expect(cosine(cat, cat)).toBeCloseTo(1, 3);
    expect(cosine(cat, kitten)).toBeGreaterThan(cosine(cat, market) + 0.2);
  },
  120_000,
);
