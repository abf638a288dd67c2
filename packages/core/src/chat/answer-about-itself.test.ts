import { expect, test } from 'vitest';
import { unnamedTwin } from '../twin/persona.ts';
import { replyAboutItself } from './answer-about-itself.ts';

const ada = { name: 'Ada Quill', bio: 'She built the tide clock.' };

test.each([
  'Who are you?',
  "What's your name?",
  'Hi there, what can you do?',
  'Are you a real person?',
  'Can you help me, please?',
])('%s is answered by who the twin is', (question) => {
  expect(replyAboutItself(question, ada, 3)).toMatch(
    /^I am the digital twin of Ada Quill: software, not a human being\. She built the tide clock\. I answer from 3 documents/,
  );
});

test('a twin that nobody has named says what it is, in the language of the question', () => {
  const nobody = { name: unnamedTwin, bio: '' };
  expect(replyAboutItself('Wer bist du?', nobody, 1)).toMatch(/^Ich bin ein digitaler Zwilling.*einem Dokument/);
  expect(replyAboutItself('¿Quién eres?', nobody, 2)).toMatch(/^Soy un gemelo digital/);
  expect(replyAboutItself('Qui êtes-vous ?', nobody, 2)).toMatch(/^Je suis un jumeau/);
});

test('what asks for nothing is not searched for, and the documents are counted', () => {
  expect(replyAboutItself('Good morning, how are you?', ada, 3)).toMatch(/^Ask me anything/);
  expect(replyAboutItself('bye', ada, 3)).toMatch(/^Ask me anything/);
  expect(replyAboutItself('How many documents do you have?', ada, 3)).toMatch(/^I answer from 3 documents/);
});

test.each([
  'Who are you to Emil?',
  'What can you do with wax?',
  'How many documents do you need to enroll?',
  'OK Corral',
  'Are you open on Monday?',
])('not: %s', (question) => {
  expect(replyAboutItself(question, ada, 3)).toBeUndefined();
});
