import { expect, test } from 'vitest';
import { properTitle } from './placeholder-title.ts';

test.each([
  'PowerPoint Presentation',
  'PowerPoint-Präsentation',
  'Présentation PowerPoint',
  'Presentation1',
  'Slide 1',
  'Untitled',
  'Microsoft Word - Brief.doc',
  'letter.docx',
  '  ',
])('“%s” names nothing', (title) => expect(properTitle(title)).toBeNull());

test.each(['Presentation skills', 'The slide rule', 'Book of hours', 'Report 2025'])('“%s” is a title', (title) =>
  expect(properTitle(title)).toBe(title),
);
