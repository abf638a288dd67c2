import { expect, test } from 'vitest';
import { measureSlowness } from './machine-speed.mjs';

test('a machine is measured on all its cores', async () => {
  const slowness = await measureSlowness();
  expect(slowness).toBeGreaterThan(0.05);
  expect(Number.isFinite(slowness)).toBe(true);
});
