import { expect, test } from 'vitest';
import { adoptAnswer, isNextQuestion } from './waiting-question.ts';

const text = 'And where?';
const early = { text, follows: null, before: 'answer 1' };

test('what is put there before the server has the question before it follows the answer to that one', () => {
  const onItsWay = adoptAnswer(early, { taken: false, answerId: 'answer 1' });
  expect(isNextQuestion(onItsWay, { text, answerId: 'answer 1' })).toBe(true);
  const begun = adoptAnswer(onItsWay, { taken: true, answerId: 'answer 2' });
  expect(isNextQuestion(begun, { text, answerId: 'answer 2' })).toBe(true);
  const later = adoptAnswer(begun, { taken: true, answerId: 'answer 3' });
  expect(isNextQuestion(later, { text, answerId: 'answer 3' })).toBe(false);
});

test('in a new conversation too, which has no answer yet', () => {
  const first = adoptAnswer({ ...early, before: undefined }, { taken: true, answerId: 'answer 1' });
  expect(isNextQuestion(first, { text, answerId: 'answer 1' })).toBe(true);
});

test('where the question before it is refused, it waits for nothing', () => {
  expect(adoptAnswer(early, { taken: true, answerId: 'answer 1' })).toBeNull();
});

test('it has its turn once: what is refused then waits for its sender', () => {
  const waiting = { text, follows: 'answer 1', before: 'answer 1' };
  expect(adoptAnswer(waiting, { taken: false, answerId: 'answer 1' })).toBeNull();
});

test('once changed it waits for its sender', () => {
  const waiting = { text, follows: 'answer 1', before: 'answer 1' };
  expect(isNextQuestion(waiting, { text: `${text} When?`, answerId: 'answer 1' })).toBe(false);
});
