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
])('a folder with %s is refused with what is wrong', (name, files, reason) => {
  expect(() => readTransformerFolder(write(name, files))).toThrow(reason);
});
