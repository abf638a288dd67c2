import { describe, expect, test } from 'vitest';
import type { Passage } from '../retrieval/passage.ts';
import { findStatement, resolveReference } from './resolve-reference.ts';

const bees =
  'Bees dance at noon. Drones have no sting. At night, bees dance at noon in their dreams. A hive weighs 40 kg.';
const refunds = 'Refunds are paid within 14 days after we receive the goods. Bees dance at noon. It was built in 1987.';
const sent = [bees, refunds].map(toPassage);

function toPassage(content: string, index: number): Passage {
  const place = { versionId: index, ordinal: 0, startOffset: 0, endOffset: content.length, headingPath: [] };
  const document = {
    documentId: `doc-${index}`,
    documentTitle: 'A document',
    mediaType: null,
    pageFrom: null,
    pageTo: null,
  };
  return { ...place, ...document, chunkId: index, content, score: 1, similarity: null };
}

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

describe('a sentence that names no source', () => {
  const said = 'The queen lays eggs in winter.';

  test.each([
    ['Bees sleep. The queen lays eggs in winter. It snows.', said],
    ['Bees sleep:\n- The **queen** lays eggs in winter [3]\n- They dance', '- The **queen** lays eggs in winter [3]'],
    ['2. The queen lays eggs in winter! [12]\n3. It snows.', '2. The queen lays eggs in winter! [12]'],
    [
      'It is false that the queen lays eggs in winter. “The queen lays eggs\nin winter.”',
      '“The queen lays eggs\nin winter.”',
    ],
    ['No, the queen lays eggs in winter, it said.', undefined],
    ['It is not true that the queen lays eggs in winter.', undefined],
    ['The queen lays eggs in winter if it is warm.', undefined],
    ['Unless fed, the queen lays eggs in winter.', undefined],
    ['The queen lays eggs in winter?', undefined],
    ['Eggs: the queen lays eggs in winter.', undefined],
  ])('is cited where whole sentences say it: %j', (content, quote) => {
    expect(findStatement([toPassage(content, 0)], said)?.quote.quote).toBe(quote);
  });

  test('and leaves nothing out', () => {
    const passages = [toPassage('The queen of the hive never lays any eggs in winter.', 0)];
    expect(findStatement(passages, 'The queen of the hive ... lays any eggs in winter.')).toBeUndefined();
  });
});
