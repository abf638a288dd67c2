import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBuiltinEmbedder, hashText } from './builtin-embedder.ts';

function similarity(one: string, other: string): number {
  const [a, b] = [hashText(one), hashText(other)];
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

test('any text becomes a vector of length 1 without NaN, the same every time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const vector = hashText(text);
      expect(vector).toHaveLength(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      expect(hashText(text)).toEqual(vector);
    }),
  );
});

test('a question is closer to the passage that answers it than to others', () => {
  const question = 'When are the tomatoes watered?';
  const answer = 'The tomatoes in the north bed are watered at six in the morning.';
  const other = 'The museum shows four hundred lamps from ships, mines and theatres.';
  expect(similarity(question, answer)).toBeGreaterThan(similarity(question, other) + 0.2);
});

test('inflected and misspelt words stay close', () => {
  expect(similarity('watering tomatos', 'watered tomatoes')).toBeGreaterThan(0.4);
});

test('a large batch lets other work in', async () => {
  const embedder = createBuiltinEmbedder();
  const texts = Array.from(
    { length: 600 },
    (_, index) => `passage ${index} ${'of several ordinary words '.repeat(60)}`,
  );
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await embedder.embed(texts, 'passage');
  clearInterval(timer);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(100);
});

test('embedding stops when it is aborted', async () => {
  const controller = new AbortController();
  const texts = Array.from({ length: 20_000 }, () => 'words '.repeat(200));
  const embedding = createBuiltinEmbedder().embed(texts, 'passage', controller.signal);
  setTimeout(() => controller.abort(new Error('stopped')), 20);
  await expect(embedding).rejects.toThrow('stopped');
});
