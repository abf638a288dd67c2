import { expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { resolveReference } from './resolve-reference.ts';

const bees =
  'Bees dance at noon. Drones have no sting. At night, bees dance at noon in their dreams. A hive weighs 40 kg.';
const refunds = 'Refunds are paid within 14 days after we receive the goods. Bees dance at noon. It was built in 1987.';
const sent = [bees, refunds].map((content, index): Passage => {
  const place = { versionId: index, ordinal: 0, startOffset: 0, endOffset: content.length, headingPath: [] };
  const document = {
    documentId: `doc-${index}`,
    documentTitle: 'A document',
    mediaType: null,
    pageFrom: null,
    pageTo: null,
  };
  return { ...place, ...document, chunkId: index, content, score: 1, similarity: null };
});

function cite(passageNumber: number, sentenceNumber: number | null, quote: string | null, claim: string) {
  const cited = resolveReference(sent, { passageNumber, sentenceNumber, quote }, claim);
  return cited && `${cited.passage.chunkId + 1}: ${cited.quote.quote}`;
}

test('a quote is looked for in the named sentence first', () => {
  const claim = 'Bees dance at noon';
  expect(cite(1, 3, 'bees dance at noon', claim)).toBe('1: At night, bees dance at noon in their dreams.');
  expect(cite(1, 1, 'Bees dance at noon', claim)).toBe('1: Bees dance at noon.');
  expect(cite(1, 4, 'Drones have no sting', 'Drones do not sting')).toBe('1: Drones have no sting.');
});

test.each([
  ['the', 'Bees swim in the sea', 'a function word'],
  ['noon', 'Bees swim in the sea', 'a word that the claim does not say'],
  ['1987', 'Bees swim in the sea', 'a number without a unit'],
])('%s proves nothing of a claim: %s (%s)', (quote, claim) => {
  expect(cite(1, 1, quote, claim)).toBeUndefined();
  expect(cite(2, 3, quote, claim)).toBeUndefined();
});

test('a scrap proves a claim that says it, and a number with its unit any', () => {
  expect(cite(2, 3, '1987', 'The year was 1987')).toBe('2: It was built in 1987.');
  expect(cite(1, 4, '40 kg', 'It is heavy')).toBe('1: A hive weighs 40 kg.');
});

test('only a quote of four words or more moves to another passage', () => {
  expect(cite(1, null, 'Refunds are paid within 14 days', 'Refunds take two weeks')).toContain('2: Refunds are paid');
  expect(cite(1, null, 'receive the goods', 'Goods are received')).toBeUndefined();
  expect(cite(9, null, 'receive the goods', 'Goods are received')).toBeUndefined();
});

test('without a quote, a sentence that does not exist or says something else fails', () => {
  expect(cite(1, 99, null, 'Bees dance')).toBeUndefined();
  expect(cite(9, null, null, 'Bees dance')).toBeUndefined();
  expect(cite(1, 2, null, 'Wasps swim in the sea')).toBeUndefined();
  expect(cite(1, null, null, 'Wasps swim in the sea')).toBeUndefined();
  expect(cite(1, 2, null, 'Drohnen haben keinen Stachel, und das ist gut')).toBeUndefined();
  expect(cite(1, null, null, 'Drohnen haben keinen Stachel, und das ist gut')).toBeUndefined();
  expect(cite(1, 2, null, 'Drones have a sting')).toBeUndefined();
  expect(cite(1, null, null, 'Drones have a sting')).toBeUndefined();
  expect(cite(1, 2, null, 'Drones are without a sting')).toBe('1: Drones have no sting.');
  expect(cite(1, null, null, 'Drones are without a sting')).toBe('1: Drones have no sting.');
});
