import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTransformerFolder } from './transformer-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'twin-models-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const config = { 'config.json': '{"hidden_size":384}', 'tokenizer.json': '{}' };

function write(name: string, files: Record<string, string>): string {
  const folder = join(parent, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

test('the smallest weights are taken, and a name that other weights change is what vectors are stored under', () => {
  const folder = write('all-MiniLM-L6-v2', {
    ...config,
    'onnx/model.onnx': 'large',
    'onnx/model_quantized.onnx': 'small',
  });
  const model = readTransformerFolder(folder);
  expect(model).toMatchObject({ folder, dimensions: 384, subfolder: 'onnx', dtype: 'q8', pooling: 'mean' });
  expect(model.modelName).toMatch(/^all-MiniLM-L6-v2 \([\da-f]{8}\)$/);
  write('all-MiniLM-L6-v2', { 'onnx/model_quantized.onnx': 'other' });
  expect(readTransformerFolder(folder).modelName).not.toBe(model.modelName);
});

test('weights may lie beside the other files', () => {
  const folder = write('plain', { ...config, 'model.onnx': 'weights' });
  expect(readTransformerFolder(folder)).toMatchObject({ subfolder: '', dtype: 'fp32' });
});

test('pooling is what the folder says, else what the model’s family does', () => {
  const weights = { ...config, 'model.onnx': 'weights' };
  const said = { '1_Pooling/config.json': '{"pooling_mode_cls_token":false,"pooling_mode_mean_tokens":true}' };
  expect(readTransformerFolder(write('bge-small-en-v1.5', weights)).pooling).toBe('cls');
  expect(readTransformerFolder(write('multilingual-e5-small', weights)).pooling).toBe('mean');
  expect(readTransformerFolder(write('bge-micro', { ...weights, ...said })).pooling).toBe('mean');
});

test('pooling is told by newer versions of its tools in one word', () => {
  const weights = { ...config, 'model.onnx': 'weights' };
  const pooled = (mode: string) =>
    write(`saved-${mode}`, { ...weights, '1_Pooling/config.json': `{"pooling_mode":"${mode}"}` });
  expect(['cls', 'mean'].map((mode) => readTransformerFolder(pooled(mode)).pooling)).toEqual(['cls', 'mean']);
});

const searching = 'Represent this sentence for searching relevant passages: ';
const prompts = (said: object, defaultName?: string) => ({
  'config_sentence_transformers.json': JSON.stringify({ prompts: said, default_prompt_name: defaultName ?? null }),
});

test.each([
  ['those of its own', prompts({ query: 'ask: ', passage: 'text: ' }), { question: 'ask: ', passage: 'text: ' }],
  ['one of questions alone', prompts({ query: searching }), { question: searching, passage: '' }],
  ['one for all texts', prompts({ all: 'text: ' }, 'all'), { question: 'text: ', passage: 'text: ' }],
  ['none', prompts({ query: '', document: '' }), null],
  ['a file without any', { 'config_sentence_transformers.json': '{"__version__":{}}' }, null],
])('a folder with %s has what goes before its texts from there', (_, files, prefixes) => {
  const folder = write('mine', { ...config, 'model.onnx': 'weights', ...files });
  expect(readTransformerFolder(folder).prefixes).toEqual(prefixes);
});

test('empty prompts leave a family its own, and prompts that it has not are another model', () => {
  const weights = { ...config, 'model.onnx': 'weights' };
  const named = (files: Record<string, string>) =>
    readTransformerFolder(write('multilingual-e5-small', { ...weights, ...files }));
  const family = named({});
  expect(family.prefixes).toEqual({ question: 'query: ', passage: 'passage: ' });
  expect(named(prompts({ query: '', document: '' }))).toEqual(family);
  expect(named(prompts({ query: 'query: ', passage: 'passage: ' }))).toEqual(family);
  const other = named(prompts({ query: 'ask: ' }));
  expect(other.prefixes).toEqual({ question: 'ask: ', passage: '' });
  expect(other.modelName).toMatch(/^multilingual-e5-small \([\da-f]{8}\), prompts [\da-f]{8}$/);
});

test.each([
  ['no config', { 'tokenizer.json': '{}', 'model.onnx': 'weights' }, /holds no config\.json/],
  ['no tokenizer', { 'config.json': '{}', 'model.onnx': 'weights' }, /holds no tokenizer\.json/],
  ['no weights', config, /holds no weights \(model_quantized\.onnx/],
  ['no width', { ...config, 'config.json': '{}', 'model.onnx': 'weights' }, /names no hidden_size/],
  ['half a config', { ...config, 'config.json': '{"hidden', 'model.onnx': 'weights' }, /config\.json cannot be read: /],
  [
    'a further layer',
    { ...config, 'model.onnx': 'weights', 'modules.json': '[{"type":"sentence_transformers.models.Dense"}]' },
    /further layer/,
  ],
  [
    'another pooling',
    { ...config, 'model.onnx': 'weights', '1_Pooling/config.json': '{"pooling_mode_max_tokens":true}' },
    /pools neither/,
  ],
  [
    'two poolings side by side',
    { ...config, 'model.onnx': 'weights', '1_Pooling/config.json': '{"pooling_mode":["cls","mean"]}' },
    /pools neither/,
  ],
  [
    'a prompt that is not pooled',
    { ...config, 'model.onnx': 'weights', '1_Pooling/config.json': '{"pooling_mode":"mean","include_prompt":false}' },
    /leaves its prompt out/,
  ],
  [
    'half of its prompts',
    { ...config, 'model.onnx': 'weights', 'config_sentence_transformers.json': '{"prompts' },
    /config_sentence_transformers\.json cannot be read: /,
  ],
])('a folder with %s is refused with what is wrong', (name, files, reason) => {
  expect(() => readTransformerFolder(write(name, files))).toThrow(reason);
});
