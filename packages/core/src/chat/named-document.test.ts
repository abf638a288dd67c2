import { expect, test } from 'vitest';
import { namedDocument } from './named-document.ts';

test.each([
  ['What is the memo about?', 'memo'],
  ['what’s my lease all about', 'lease'],
  ['What is the document called “Tide clock” about?', 'tide clock'],
  ['Summarize the refund policy', 'refund policy'],
  ['Please give me a summary of my lease file.', 'lease'],
  ['What does the memo say about water?', undefined],
  ['What about the memo?', undefined],
  ['What is a memo?', undefined],
  ['What does the warranty cover?', undefined],
  ['What does the refund policy say?', undefined],
])('%s: %s', (question, name) => {
  expect(namedDocument(question)).toBe(name);
});
