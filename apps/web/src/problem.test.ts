import { expect, test } from 'vitest';
import { problemOfBody, problemWords, RestError } from './problem.ts';

const refusalOf = (error: object) => new RestError(problemOfBody(429, JSON.stringify({ error })));

test('a limit says when it is over, in hours where seconds would be many', () => {
  const message = 'That was the limit of 10 sign-in attempts per hour.';
  expect(problemWords(refusalOf({ code: 'rate-limited', message, retryAfterMs: 1_195_000 }))).toBe(
    `${message} Try again in 19 min 55 s.`,
  );
  expect(problemWords(refusalOf({ code: 'rate-limited', message, retryAfterMs: 7_801_000 }))).toBe(
    `${message} Try again in 2 h 11 min.`,
  );
});

test('what fails for another reason says so in its own words alone', () => {
  const message = 'The database cannot be reached. Try again in a moment.';
  expect(problemWords(refusalOf({ code: 'database-unavailable', message, retryAfterMs: 2_000 }))).toBe(message);
});
