import { expect, test } from 'vitest';
import { standingQuestion } from './standing-question.ts';

const asked = 'How often must the tide clock be wound?';
const before = 'Who built the tide clock?';

test.each([
  'Could you summarize it?',
  'Can you explain that in more detail?',
  'And what about it?',
  'Tell me more',
  'Go on',
  'Anything else?',
  'Say that in simpler words, please',
  'I don’t understand',
  'Give me an example',
  'Thanks. Can I have that in other words?',
  'OK. Tell me more',
  'GO ON',
  'Tell Me More',
  'Say it in other terms',
  'Kannst du das in anderen Worten sagen?',
  'Можете Вы объяснить подробнее?',
  'Kannst du das genauer erklären?',
  'Fass das bitte zusammen',
  'Und was heißt das?',
  'Peux-tu expliquer cela plus en détail ?',
  'Dis-m’en plus',
  'Encore une fois, s’il te plaît',
  '¿Me lo puedes resumir?',
  'Cuéntame más',
  'Puoi spiegarlo?',
  'Pode explicar isso?',
  'Kun je dat uitleggen?',
  'Можете объяснить подробнее?',
])('what names nothing asks the latest again that names something: %s', (question) => {
  expect(standingQuestion(question, [asked, before])).toEqual({ question: asked, earlierQuestions: [before] });
  expect(standingQuestion(question, ['Why?', asked, before]).question).toBe(asked);
});

test.each(['Why?', 'And who?', 'When was it?', 'Warum?', 'Et pourquoi ?', '¿Y cuándo?', 'Perché?', 'Почему?'])(
  'or something else of it: %s',
  (question) => {
    const standing = standingQuestion(question, [asked, before]);
    expect(standing).toEqual({ question: `${asked} ${question}`, earlierQuestions: [before] });
  },
);

test.each([
  'And the oil?',
  'How warm is it on Venus?',
  'What about drones?',
  'Explain photosynthesis',
  'Who summarized Hamlet?',
  'Und im Winter?',
  'Et en hiver ?',
  '¿Y un implante?',
  '養蜂？',
  'And in May?',
  'What about US and IT?',
  'And in IT?',
  'What does the WHO say?',
  'What about Will?',
  'And D?',
  'And IT?',
  'What does “sorry” mean?',
  'What are the terms?',
  'And the sum?',
  'Et la montre ?',
  '¿Y la cuenta?',
  'E la mostra?',
  'E a conta?',
  'En het weer?',
])('what names something stands for itself: %s', (question) => {
  expect(standingQuestion(question, [asked, before])).toEqual({ question, earlierQuestions: [asked, before] });
});

test('without a question before it that names something, each stands for itself', () => {
  expect(standingQuestion('Why?', []).question).toBe('Why?');
  expect(standingQuestion('And why?', ['Tell me more']).question).toBe('And why?');
});
