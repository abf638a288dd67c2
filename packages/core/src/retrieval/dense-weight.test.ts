import { expect, test } from 'vitest';
import { denseWeight } from './dense-weight.ts';

test.each([
  ['builtin', 'static-minilm-256-v1', 0.3],
  ['openai', 'text-embedding-3-small', 7 / 3],
  ['openai', 'BAAI/bge-small-en-v1.5', 7 / 3],
  ['openai', 'intfloat/multilingual-e5-small, prefixed', 7 / 3],
  ['openai', 'nomic-embed-text:latest', 7 / 3],
  ['openai', 'all-minilm', 1],
  ['openai', 'my-own-model', 1],
] as const)('%s %s', (provider, modelName, weight) => {
  expect(denseWeight({ provider, modelName })).toBeCloseTo(weight);
});
