import { expect, test } from 'vitest';
import { readBytes } from '../../testing/read-fixture.ts';

/** What is quadratic takes most of a minute for these. */
const HOSTILE_MS = 3000;

test.each([['conditions that do not end', 'ifdef::['.repeat(125_000)]])(
  '%s are read in no time',
  { timeout: 120_000 },
  async (_, source) => {
    const start = performance.now();
    await readBytes('hostile.adoc', `Start\n\n${source}\n`);
    expect(performance.now() - start).toBeLessThan(HOSTILE_MS);
  },
);

test('what long settings make of a short text is bounded', async () => {
  const long = await readBytes('long.adoc', `:a: ${'x'.repeat(500_000)}\n\nStart ${'{a}'.repeat(160_000)}\n`);
  expect(long.canonicalText.slice(0, 12)).toBe('Start {a}{a}');
  const many = await readBytes('many.adoc', `:a: ${'x'.repeat(900)}\n\nStart ${'{a}'.repeat(160_000)}\n`);
  expect(many.canonicalText.slice(0, 12)).toBe('Start xxxxxx');
  expect(many.canonicalText.length).toBeLessThan(1_500_000);
});
