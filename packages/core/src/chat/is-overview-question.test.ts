import { expect, test } from 'vitest';
import { isOverviewQuestion } from './is-overview-question.ts';

test.each([
  'What is in my documents?',
  "what's in my documents",
  'What are my documents about?',
  'What do my files contain?',
  'Which documents do you have?',
  'List my documents.',
  'Please summarize my documents',
  'Tell me about these documents!',
  'What do you know?',
  'What can you tell me?',
  'What can you tell me about the documents?',
  'hi',
  'Hello!',
  'Hello, what is this about?',
  'What is this?',
  'Summarize',
  'Please summarise everything.',
  'Hallo!',
  'Worum geht es hier?',
  'Fasse meine Dokumente zusammen.',
  'De quoi s’agit-il ?',
  '¿De qué se trata?',
  'О чём это?',
])('%s', (question) => {
  expect(isOverviewQuestion(question, { isOpening: true })).toBe(true);
});

test.each([
  'What is in my documents about bees?',
  'What documents do I need for a passport?',
  'Which files does the build write?',
  'Summarize the refund policy',
  'What do you know about bees?',
  'List the ingredients',
  'What is a document?',
  'What is this policy about?',
  'Hello world programs are written how?',
  'Summarize this chapter',
  'Worum geht es in dem Vertrag?',
  'What can you tell me about the refunds?',
])('not: %s', (question) => {
  expect(isOverviewQuestion(question, { isOpening: true })).toBe(false);
});

test.each([
  ['What is in my documents?', true],
  ['Summarize my documents', true],
  ['hello', true],
  ['Hi there!', true],
  ['¡Hola!', true],
  ['Привет', true],
  ['Hello, what is this?', false],
  ['What is this?', false],
  ['What is it about?', false],
  ['Summarize it', false],
  ['Worum geht es?', false],
  ['Resume', false],
])('within a conversation: %s %s', (question, isAboutLibrary) => {
  expect(isOverviewQuestion(question, { isOpening: false })).toBe(isAboutLibrary);
});
