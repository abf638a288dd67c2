import type { RateLimitDecision } from '@twin/core/rate-limit/check-rate-limit';
import { expect, test } from 'vitest';
import { rateLimitHeaders } from './enforce-rate-limit.ts';

const allowed = {
  policy: 'read',
  allowed: true,
  limit: 1200,
  windowSeconds: 60,
  remaining: 1199,
  resetMs: 50,
} as const;
const lastOfTheDay = { ...allowed, policy: 'chat-day', limit: 2000, remaining: 0, resetMs: 86_399_000 } as const;
const refused = { ...allowed, policy: 'chat', allowed: false, limit: 20, remaining: 0, resetMs: 2_400 } as const;
const refusedLonger = { ...refused, policy: 'search', limit: 60, resetMs: 7_000 } as const;

test.each<[string, RateLimitDecision[], Record<string, string>]>([
  ['nothing was counted', [], {}],
  ['one call passed', [allowed], { 'RateLimit-Limit': '1200', 'RateLimit-Remaining': '1199', 'RateLimit-Reset': '1' }],
  [
    'the tightest of those that passed',
    [allowed, lastOfTheDay],
    { 'RateLimit-Limit': '2000', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '86399' },
  ],
  [
    'a refusal, though another call used up a limit of a day',
    [lastOfTheDay, refused, allowed],
    { 'RateLimit-Limit': '20', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '3', 'Retry-After': '3' },
  ],
  [
    'the longest of several refusals: before it the same batch would be refused again',
    [refused, refusedLonger, lastOfTheDay],
    { 'RateLimit-Limit': '60', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '7', 'Retry-After': '7' },
  ],
])('the headers tell of %s', (_what, decisions, headers) => {
  expect(rateLimitHeaders(decisions)).toEqual(headers);
});
