import { expect, test } from 'vitest';
import { asksForSection } from './asks-for-section.ts';

test.each([
  ['How do I descale the machine?', true],
  ['Which languages does Mara speak?', true],
  ['What open points are there?', true],
  ['List the decisions of the meeting', true],
  ['The red light is on, what should I do?', true],
  ['What are the uses of wax?', true],
  ['What does the boiler cost?', false],
  ['What was Mars to them?', false],
  ['What causes rust?', false],
  ['Name of the landlord?', false],
  ['When was it built?', false],
  ['How do bees dance?', false],
  ['Which class is it in?', false],
  ['How long does it take?', false],
  ['Was kostet das?', false],
])('%s: %s', (question, is) => {
  expect(asksForSection(question)).toBe(is);
});
