import { expect, test } from 'vitest';
import { unnamedTwin } from '../twin/persona.ts';
import { asksWho, replyAboutItself } from './answer-about-itself.ts';

const ada = { name: 'Ada Quill', bio: 'She built the tide clock.' };

test.each([
  'Who are you?',
  "What's your name?",
  'Hi there, what can you do?',
  'Are you a real person?',
  'Can you help me, please?',
])('%s is answered by who the twin is', (question) => {
  expect(replyAboutItself(question, ada, { documentCount: 3, isFirst: true })).toMatch(
    /^I am the digital twin of Ada Quill: software, not a human being\. She built the tide clock\. I answer from 3 documents/,
  );
});

test('a twin that nobody has named says what it is, in the language of the question', () => {
  const nobody = { name: unnamedTwin, bio: '' };
  expect(replyAboutItself('Wer bist du?', nobody, { documentCount: 1, isFirst: true })).toMatch(
    /^Ich bin ein digitaler Zwilling.*einem Dokument/,
  );
  expect(replyAboutItself('¿Quién eres?', nobody, { documentCount: 2, isFirst: true })).toMatch(
    /^Soy un gemelo digital/,
  );
  expect(replyAboutItself('Qui êtes-vous ?', nobody, { documentCount: 2, isFirst: true })).toMatch(
    /^Je suis un jumeau/,
  );
});

test('what asks for nothing is not searched for, and the documents are counted', () => {
  expect(replyAboutItself('Good morning, how are you?', ada, { documentCount: 3, isFirst: true })).toMatch(
    /^Ask me anything/,
  );
  expect(replyAboutItself('bye', ada, { documentCount: 3, isFirst: true })).toMatch(/^Ask me anything/);
  expect(replyAboutItself('How many documents do you have?', ada, { documentCount: 3, isFirst: true })).toMatch(
    /^I answer from 3 documents/,
  );
});

test.each([
  'Who are you to Emil?',
  'What can you do with wax?',
  'How many documents do you need to enroll?',
  'OK Corral',
  'OK-113',
  'Vale',
  'Are you open on Monday?',
])('not: %s', (question) => {
  expect(replyAboutItself(question, ada, { documentCount: 3, isFirst: true })).toBeUndefined();
});

test.each(['Wer sind Sie?', 'Chi è lei?', 'Como se chama?', '¿Qué puede hacer?', 'Who is this?', 'How is it going?'])(
  '%s asks for the twin at first, and after another question for whom that was about',
  (question) => {
    expect(replyAboutItself(question, ada, { documentCount: 3, isFirst: true })).toBeDefined();
    expect(replyAboutItself(question, ada, { documentCount: 3, isFirst: false })).toBeUndefined();
  },
);

test('what can mean nobody else is answered at any time', () => {
  for (const question of ['Who are you?', 'OK', 'Bye', 'Wer bist du?'])
    expect(replyAboutItself(question, ada, { documentCount: 3, isFirst: false })).toBeDefined();
});

test.each([
  'Who are you?',
  'Hi, tell me about yourself!',
  'Wer bist du?',
  'Erzähl mir etwas über dich',
  'Parlez-moi de vous.',
  '¿Quién eres?',
])('%s asks for the person', (question) => expect(asksWho(question)).toBe(true));

test.each(['Are you a robot?', 'What can you do?', 'How are you?', 'Tell me about your time in London'])(
  '%s does not',
  (question) => expect(asksWho(question)).toBe(false),
);
