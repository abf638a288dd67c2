import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from '../documents/estimate-tokens.ts';
import type { Passage } from '../retrieval/passage.ts';
import { choosePassages } from './choose-passages.ts';

const sentence = 'Ten words are in this sentence about bees and flowers.';

function passage(documentId: string, ordinal: number, score: number, sentences = 2): Passage {
  const content = Array.from({ length: sentences }, () => sentence).join(' ');
  const startOffset = ordinal * 1_000;
  return {
    chunkId: ordinal,
    documentId,
    documentTitle: documentId,
    versionId: documentId.charCodeAt(0),
    ordinal,
    startOffset,
    endOffset: startOffset + content.length,
    mediaType: null,
    pageFrom: null,
    pageTo: null,
    headingPath: [],
    content,
    score,
    similarity: null,
  };
}

const large = { tokensMax: 10_000, passagesMax: 100 };
const namesOf = (passages: readonly Passage[]) => passages.map(({ documentId, ordinal }) => `${documentId}${ordinal}`);

test('the neighbour of a passage that was found comes before one that is as good alone', () => {
  const found = [passage('a', 3, 0.9), passage('b', 1, 0.5), passage('a', 4, 0.48)];
  expect(namesOf(choosePassages(found, large))).toEqual(['a3', 'a4', 'b1']);
});

test('a document with many passages leaves room for others that are nearly as good', () => {
  const found = [...[0, 2, 4, 6].map((ordinal) => passage('a', ordinal, 0.8)), passage('b', 0, 0.75)];
  expect(namesOf(choosePassages(found, { ...large, passagesMax: 4 }))).toEqual(['a0', 'a2', 'a4', 'b0']);
});

test('the last passage is cut after the last sentence that fits', () => {
  const found = [passage('a', 0, 0.9), passage('b', 0, 0.8, 6)];
  const [first, second] = choosePassages(found, { ...large, tokensMax: 60 });
  expect(first).toEqual(found[0]);
  expect(second?.content).toBe(`${sentence} ${sentence}`);
  expect(second?.endOffset).toBe((second?.startOffset ?? 0) + (second?.content.length ?? 0));
});

test('the best passage is chosen where not one sentence of it fits, for its reader to shorten', () => {
  const found = [passage('a', 0, 0.9, 3), passage('b', 0, 0.8)];
  expect(choosePassages(found, { ...large, tokensMax: 5 })).toEqual([found[0]]);
});

test('whatever is found, what is chosen fits or is the best passage alone, and is the text at its offsets', () => {
  const any = fc.record({
    document: fc.constantFrom('a', 'b', 'c'),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    sentences: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), fc.integer({ min: 0, max: 400 }), (drawn, tokensMax) => {
      const found = drawn.map(({ document, score, sentences }, index) => passage(document, index, score, sentences));
      const chosen = choosePassages(found, { tokensMax, passagesMax: 6 });
      expect(chosen.length).toBeLessThanOrEqual(6);
      const tokens = chosen.reduce((sum, { content }) => sum + estimateTokens(content), 0);
      expect(tokens <= tokensMax || chosen.length === 1).toBe(true);
      for (const { chunkId, content, startOffset, endOffset } of chosen) {
        expect(endOffset - startOffset).toBe(content.length);
        expect(found[chunkId]?.content.startsWith(content)).toBe(true);
      }
    }),
  );
});
