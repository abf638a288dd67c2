import { expect, test } from 'vitest';
import { defaultKeyPrefixes, mapKey } from './map-key.ts';
import type { SourceKey } from './sources.ts';

const now = Date.UTC(2026, 0, 1);
const map = (source: Partial<SourceKey> & Pick<SourceKey, 'key' | 'value'>) =>
  mapKey({ type: 'string', ttlMs: 60_000, ...source }, defaultKeyPrefixes, now);

test('a text with a time to live is a cached value that expires at the same moment', () => {
  expect(map({ key: 'answer:1', value: '{"a":1.0}' })).toEqual({
    outcome: 'cache',
    key: 'answer:1',
    value: '{"a":1.0}',
    expiresAt: now + 60_000,
  });
});

test('a text that never expires is kept for ten years', () => {
  expect(map({ key: 'k', value: 'v', ttlMs: null })).toMatchObject({ expiresAt: now + 3650 * 86_400_000 });
});

test.each([
  ['@upstash/ratelimit:user-1:29384756', 'user-1'],
  ['@upstash/ratelimit:chat:user-1:29384756', 'chat:user-1'],
  ['ratelimit:user-1', 'user-1'],
])('the counter %s goes on counting as %s', (key, expected) => {
  expect(map({ key, value: '7' })).toEqual({ outcome: 'rate limit', key: expected, count: 7, expiresAt: now + 60_000 });
});

const hourMs = 3_600_000;

test.each([
  ['12 hours', 12 * hourMs, 0, 12 * hourMs],
  ['a day', 24 * hourMs, 0, 5_000],
  ['a day, the one before, of a sliding window', 24 * hourMs, 1, 47 * hourMs],
  ['30 days', 720 * hourMs, 0, 100 * hourMs],
])('the number of a window of %s is taken off', (_what, windowMs, age, ttlMs) => {
  const number = Math.floor(now / windowMs) - age;
  expect(map({ key: `@upstash/ratelimit:user-1:${number}`, value: '7', ttlMs })).toMatchObject({ key: 'user-1' });
});

test.each([
  ['a person’s number', 'user:12345', 60_000],
  [
    'a number that would have longer to live than its window',
    `user:${Math.floor(now / (24 * hourMs))}`,
    3 * 24 * hourMs,
  ],
  ['a number alone', '20454', 60_000],
])('%s stays', (_what, key, ttlMs) => {
  expect(map({ key: `ratelimit:${key}`, value: '7', ttlMs })).toMatchObject({ key });
});

test.each([
  ['one that never expires', { value: '7', ttlMs: null }],
  ['what is no number', { value: 'x' }],
  ['a number that no counter holds', { value: '9999999999' }],
])('under a prefix of rate limits %s is a cached value', (_what, parts) => {
  expect(map({ key: 'ratelimit:user-1', ...parts })).toMatchObject({ outcome: 'cache' });
});

test.each([
  [
    'JSON',
    'string',
    JSON.stringify({ userId: 'u', documents: ['a', { id: 'b', title: 'B' }], createdAt: '2025-12-31' }),
  ],
  ['a hash', 'hash', { user_id: 'u', documents: '["a",{"id":"b","title":"B"}]', timestamp: '2025-12-31' }],
])('an ingestion record that is %s becomes one', (_form, type, value) => {
  expect(map({ key: 'ingestion:7', type, value })).toEqual({
    outcome: 'ingestion',
    id: '7',
    userId: 'u',
    documentCount: 2,
    documents: [
      { id: 'a', title: 'a', outcome: 'created' },
      { id: 'b', title: 'B', outcome: 'created' },
    ],
    createdAt: Date.UTC(2025, 11, 31),
    expiresAt: now + 60_000,
  });
});

test.each([
  ['list', null, 'skipped: list'],
  ['hash', { a: '1' }, 'skipped: hash'],
  ['string', 'a\0b', 'skipped: binary'],
])('a %s that has no place is left out and says why', (type, value, outcome) => {
  expect(map({ key: 'k', type, value })).toEqual({ outcome });
});
