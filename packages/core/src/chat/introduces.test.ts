import { expect, test } from 'vitest';
import { unnamedTwin } from '../twin/persona.ts';
import { introduces } from './introduces.ts';

test.each([
  'cv',
  'CV 2024',
  'My CV (English)',
  'Lebenslauf',
  'About me',
  'about-us',
  'Über mich',
  'bio',
  'Résumé'.normalize('NFD'),
])('“%s” introduces whoever the twin is', (called) => {
  expect(introduces(called, 'Miriam Okafor')).toBe(true);
  expect(introduces(called, unnamedTwin)).toBe(true);
});

test('a CV with a name is that of who is called so, and of a twin without a name where it ends so', () => {
  expect(introduces('Miriam_Okafor_CV_2024', 'Miriam Okafor')).toBe(true);
  expect(introduces('Miriam_Okafor_CV_2024', unnamedTwin)).toBe(true);
  expect(introduces('Peter Smith CV', 'Miriam Okafor')).toBe(false);
});

test.each([
  'How to resume a download',
  'CV joint replacement',
  'Résumé de la réunion du 3 mars',
  'Bio-Zertifikat 2024',
  'Biology',
  'All that is known about us at the office',
])('“%s” introduces nobody', (called) => {
  expect(introduces(called, 'Miriam Okafor')).toBe(false);
  expect(introduces(called, unnamedTwin)).toBe(false);
});
