import { expect, test } from 'vitest';
import { passagePlace } from './passage-place.ts';

test('a passage of a presentation stands on a slide, any other on a page', () => {
  const chunk = { ordinal: 2, startOffset: 50, endOffset: 80, pageFrom: 4, pageTo: 4, headingPath: ['Costs'] };
  const document = { length: 100 };
  expect(passagePlace(chunk, document, 'slide')).toBe('Passage 3 · slide 4 · Costs · 50 % in · 30 characters');
  expect(passagePlace(chunk, document, 'page')).toBe('Passage 3 · p. 4 · Costs · 50 % in · 30 characters');
});
