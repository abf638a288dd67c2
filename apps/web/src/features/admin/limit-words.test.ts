import { expect, test } from 'vitest';
import { callerName, limitName } from './limit-words.ts';

test('limits and callers go by names that people know', () => {
  expect(limitName('chat-twin-day')).toBe('All questions a day');
  expect(limitName('one-of-tomorrow')).toBe('one-of-tomorrow');
});

test.each([
  ['chat:owner:local', 'Owner'],
  ['chat:key:7', 'API key 7'],
  ['sign-in:address:2001:db8::1', 'Address 2001:db8::1'],
  ['chat-twin-day:everyone', 'Everyone together'],
  ['public-chat-link-day:link:of-old', 'Public link of-old'],
  ['public-chat-link-day:link:l1', 'Public link “Friends”'],
  ['search:somebody:else', 'somebody:else'],
])('%s is %s', (key, name) => {
  expect(callerName(key, new Map([['l1', 'Friends']]))).toBe(name);
});
