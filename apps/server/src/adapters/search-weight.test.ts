import { expect, test } from 'vitest';
import { searchWeightOf } from './search-weight.ts';

test.each([
  ['text-embedding-3-small', 7 / 3],
  ['BAAI/bge-small-en-v1.5', 7 / 3],
  ['intfloat/multilingual-e5-small, prefixed', 1],
  ['intfloat/multilingual-e5-large', 7 / 3],
  ['nomic-embed-text:latest', 7 / 3],
  ['all-minilm', 1],
  ['my-own-model', 1],
])('%s', (modelName, weight) => {
  expect(searchWeightOf(modelName)).toBeCloseTo(weight);
});
