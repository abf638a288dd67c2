import { expect, test } from 'vitest';
import { echoesQuestion } from './echoes-question.ts';

test.each([
  ['In which state is Galaxy Gaming?', 'GALAXY GAMING, INC.', true],
  ['In which state is Galaxy Gaming?', 'The state of Galaxy Gaming.', true],
  ['In which state is Galaxy Gaming?', 'Galaxy Gaming, NV', false],
  ['In which state is Galaxy Gaming?', '– 7 –', false],
  ['In which state is Galaxy Gaming?', 'The …', false],
  ['What does Mallori say of the attachments?', "Here's the attachments!", true],
  ['Is Galaxy Gaming in a state?', 'Galaxy Gaming is in a state.', false],
])('to “%s” “%s” adds nothing: %s', (question, sentence, echoes) => {
  expect(echoesQuestion(question, sentence)).toBe(echoes);
});
