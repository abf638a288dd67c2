import { expect, test } from 'vitest';
import { isFollowUp } from './follow-up.ts';

test.each([
  'And in winter?',
  'How long do they live?',
  'Why?',
  'What about drones?',
  'Tell me more',
  'Its length?',
  'I meant the drones of last year',
  'Und im Winter, wie viele leben dann?',
  'Wie lange leben sie in der Kolonie?',
  'Combien de temps vivent-ils dans la ruche ?',
  '¿Y cuántas hay en el invierno?',
  'Quanto tempo vivono loro nella colonia?',
  'Quanto tempo eles vivem na colmeia?',
  'Hoe lang leven ze in de korf?',
  'Сколько они живут в улье?',
  'Thanks, and which of the hives at the edge of the wood gave most honey last summer, after all the rain?',
])('leans on what was asked before: %s', (question) => {
  expect(isFollowUp(question)).toBe(true);
});

test.each([
  'How many bees live in a hive in summer?',
  'Which refunds are paid within two weeks?',
  'Wie viele Bienen leben im Sommer in einem Volk?',
  'Combien d’abeilles vivent dans une ruche en été ?',
  '¿Cuántas abejas viven en una colmena en verano?',
  'Quante api vivono in un alveare in estate?',
  'Сколько пчёл живёт в улье летом?',
])('stands alone: %s', (question) => {
  expect(isFollowUp(question)).toBe(false);
});
