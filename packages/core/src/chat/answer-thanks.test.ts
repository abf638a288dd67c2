import { expect, test } from 'vitest';
import { replyToThanks } from './answer-thanks.ts';

test.each([
  ['thanks', /^You are welcome/],
  ['Thank you!', /^You are welcome/],
  ['Great, thanks a lot 🙂', /^You are welcome/],
  ['Vielen Dank.', /^Gern geschehen/],
  ['¡Muchas gracias!', /^De nada/],
  ['Спасибо', /^Пожалуйста/],
])('%s', (question, reply) => {
  expect(replyToThanks(question)).toMatch(reply);
});

test.each(['Thanks, and when are refunds paid?', 'Who thanked Ada?', 'Thanksgiving', 'ok', ''])(
  'not: %s',
  (question) => {
    expect(replyToThanks(question)).toBeUndefined();
  },
);
