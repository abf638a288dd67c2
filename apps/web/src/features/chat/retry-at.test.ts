import { expect, test } from 'vitest';
import { retryAtOf } from './retry-at.ts';

const endedAt = '2026-05-01T12:00:00.000Z';
const busy = { code: 'model-rate-limited', message: 'Wait.' };

test('patience counts from when the model asked for it, however long the answer had been on its way', () => {
  const at = retryAtOf({ endedAt, error: { ...busy, retryAfterMs: 30_000 } });
  expect(at).toBe(Date.parse('2026-05-01T12:00:30.000Z'));
});

test('without such a wish it may be asked for at once', () => {
  expect(retryAtOf({ endedAt, error: { ...busy, retryAfterMs: null } })).toBeNull();
  expect(retryAtOf({ endedAt, error: null })).toBeNull();
});
