import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { proximityScore } from './word-proximity.ts';

const weights = new Map([
  ['queen', 3],
  ['bee', 2],
  ['hive', 1],
]);
const pairs = [{ first: 'queen', second: 'bee', distanceMax: 2, weight: 2 }];

function scoreOf(text: string): number {
  const words = text.split(' ');
  return proximityScore(
    { weights, whole: 6, pairs },
    new Map(Map.groupBy(words.keys(), (index) => words[index] ?? '')),
  );
}

const far = ' x'.repeat(17);

test.each([
  ['queen bee', 'bee queen'],
  ['queen x bee', 'queen x x bee'],
  ['hive x bee x queen', `hive x bee${far} queen`],
  ['queen bee hive', 'queen bee'],
  [`queen${far} bee hive queen`, `queen${far} bee hive`],
])('%s is nearer than %s', (nearer, farther) => {
  expect(scoreOf(nearer)).toBeGreaterThan(scoreOf(farther));
});

test('a word again is nothing more', () => {
  expect(scoreOf('queen queen queen')).toBeCloseTo(scoreOf('queen'));
});

test('text without the words earns nothing, and so does a question without any', () => {
  expect(scoreOf('a text of other words')).toBe(0);
  expect(proximityScore({ weights: new Map(), whole: 0, pairs: [] }, new Map([['queen', [1]]]))).toBe(0);
});

test('any text earns at most what all pairs and all words are worth', () => {
  const word = fc.constantFrom('queen', 'bee', 'hive', 'x');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const score = scoreOf(words.join(' '));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(0.6 * 2 + 0.8 * 6 + 1e-9);
    }),
  );
});
