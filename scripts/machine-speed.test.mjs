import { expect, test } from 'vitest';
import { measureSlowness } from './machine-speed.mjs';

test('a machine takes some time, told in that of another one', async () => {
  const slowness = await measureSlowness();
  expect(slowness).toBeGreaterThan(0.05);
  expect(Number.isFinite(slowness)).toBe(true);
});
