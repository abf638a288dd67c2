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
