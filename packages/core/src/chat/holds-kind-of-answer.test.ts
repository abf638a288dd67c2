import { expect, test } from 'vitest';
import { holdsKindOfAnswer } from './holds-kind-of-answer.ts';

test.each([
  ['How many bees live in a hive?', 'It holds 40,000 bees.', true],
  ['How many bees live in a hive?', 'Two queens never share one.', true],
  ['How many bees live in a hive?', 'Bees live in hives.', false],
  ['How many bees live in a hive?', 'It is one of many hives.', false],
  ['How many bees live in a hive?', 'Forty-one, no more.', true],
  ['How wide is the road?', 'The road is Roman.', false],
  ['When did the 1987 strike end?', 'The 1987 strike was long.', false],
  ['When did the 1987 strike end?', 'It went on until March 1988.', true],
  ['Who founded Microsoft?', 'The firm was founded by Bill Gates.', true],
  ['Who founded Microsoft?', 'The founding of Microsoft made news.', false],
  ['Who founded Microsoft?', '| Founders | Bill Gates Paul Allen |', true],
  ['Why do bees dance?', 'They tell where food is.', true],
  ['How can I reach you?', 'Write to miriam@example.org.', true, ['write', 'emailaddress']],
  ['What is your phone number?', 'Write to miriam@example.org.', false, ['write', 'emailaddress']],
  ['What is your phone number?', '+49 30 901820', true, ['telephonenumb']],
  ['How can I reach you?', 'The ferry reaches Rhodes at noon.', false],
  ['Wie viele Bienen leben im Stock?', 'Bienen leben im Stock.', true],
])('%s – %s', (question, sentence, holds, said: string[] = []) => {
  expect(holdsKindOfAnswer(question, sentence, new Set(said))).toBe(holds);
});
