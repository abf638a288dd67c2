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
])('%s', (question) => {
  expect(isOverviewQuestion(question)).toBe(true);
});

test.each([
  'What is in my documents about bees?',
  'What documents do I need for a passport?',
  'Which files does the build write?',
  'Summarize the refund policy',
  'What do you know about bees?',
  'List the ingredients',
  'What is a document?',
])('not: %s', (question) => {
  expect(isOverviewQuestion(question)).toBe(false);
});
