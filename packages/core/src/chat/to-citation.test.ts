import { expect, test } from 'vitest';
import { testPassage } from '../testing/test-passage.ts';
import { toCitation, toSource } from './to-citation.ts';

const quoted = (mediaType: string | null) => {
  const passage = testPassage('The pier is closed.', { pageFrom: 3, pageTo: 3, mediaType });
  const quote = { startOffset: 0, endOffset: 19, quote: passage.content };
  return [toCitation(1, passage, quote).pageKind, toSource(passage).pageKind];
};

test('a citation says what the pages of its document are called', () => {
  expect(quoted('application/vnd.openxmlformats-officedocument.presentationml.presentation')).toEqual([
    'slide',
    'slide',
  ]);
  expect(quoted('application/vnd.oasis.opendocument.presentation')).toEqual(['slide', 'slide']);
  expect(quoted('application/vnd.ms-powerpoint')).toEqual(['slide', 'slide']);
  expect(quoted('application/pdf')).toEqual([undefined, undefined]);
  expect(quoted(null)).toEqual([undefined, undefined]);
});
