import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBuiltinEmbedder } from './builtin-embedder.ts';

const embedder = createBuiltinEmbedder();

async function similarity(one: string, other: string): Promise<number> {
  const [a, b] = await embedder.embed([one, other], 'passage');
  return a!.reduce((sum, value, index) => sum + value * b![index]!, 0);
}

test('any text becomes a vector of length 1 without NaN, the same every time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 500 }), async (text) => {
      const [vector, again] = await embedder.embed([text, text], 'passage');
      expect(vector).toHaveLength(256);
      expect(Math.hypot(...vector!)).toBeCloseTo(1, 4);
      expect(again).toEqual(vector);
    }),
  );
});

test('a question is closer to the passage that answers it than to others', async () => {
  const question = 'When are the tomatoes watered?';
  const answer = 'The tomatoes in the north bed are watered at six in the morning.';
  const other = 'The museum shows four hundred lamps from ships, mines and theatres.';
  expect(await similarity(question, answer)).toBeGreaterThan((await similarity(question, other)) + 0.2);
});

test('words of like meaning are close without sharing a letter', async () => {
  expect(await similarity('physician', 'doctor')).toBeGreaterThan((await similarity('physician', 'carpet')) + 0.2);
  expect(await similarity('How do I get my money back?', 'Refunds are paid within two weeks.')).toBeGreaterThan(
    (await similarity('How do I get my money back?', 'Drones have no sting.')) + 0.1,
  );
});

test('a large batch lets other work in', async () => {
  const texts = Array.from(
    { length: 600 },
    (_, index) => `passage ${index} ${'of several ordinary words '.repeat(60)}`,
  );
  let done = false;
  let turns = 0;
  const countTurns = (): void => {
    turns += 1;
    if (!done) setImmediate(countTurns);
  };
  await embedder.embed(['load the model'], 'passage');
  setImmediate(countTurns);
  await embedder.embed(texts, 'passage');
  done = true;
  expect(turns).toBeGreaterThan(5);
});

test('embedding stops when it is aborted', async () => {
  const controller = new AbortController();
  const texts = Array.from({ length: 20_000 }, () => 'words '.repeat(200));
  const embedding = embedder.embed(texts, 'passage', controller.signal);
  setTimeout(() => controller.abort(new Error('stopped')), 20);
  await expect(embedding).rejects.toThrow('stopped');
});
