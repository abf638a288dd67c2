import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickQuote } from './pick-quote.ts';

const canonicalText =
  'Preface.\n\nBees dance to tell where flowers are. A hive holds 40,000 bees. In winter the bees form a cluster and shiver to keep warm.';
const passage = { content: canonicalText.slice(10), startOffset: 10 };

test.each([
  ['The bees’ dancing points to flowers', 'Bees dance to tell where flowers are.'],
  ['There are 40,000 of them in one hive', 'A hive holds 40,000 bees.'],
  ['They keep warm in winter by shivering', 'In winter the bees form a cluster and shiver to keep warm.'],
])('%s', (claim, quote) => {
  expect(pickQuote(passage, claim)?.quote).toBe(quote);
});

test('a claim that no sentence says most of is supported by nothing, in whatever language', () => {
  expect(pickQuote(passage, 'Wasps are the best swimmers of the sea')).toBeUndefined();
  expect(pickQuote(passage, 'Ruche 17')).toBeUndefined();
  expect(pickQuote(passage, 'Les abeilles dansent pour dire où sont les fleurs')).toBeUndefined();
  expect(pickQuote(passage, 'Bees never dance to tell where flowers are')).toBeUndefined();
});

test('the quote is the canonical text at its offsets, whatever passage and claim', () => {
  const text = fc.array(fc.constantFrom('Bees ', 'dance. ', 'Why? ', '\n\n', 'über ', '😀 ', '- item\n', 'Dr. '), {
    minLength: 1,
  });
  fc.assert(
    fc.property(text, fc.nat(20), fc.oneof(fc.string(), fc.constant('Bees dance')), (pieces, from, claim) => {
      const whole = pieces.join('');
      const startOffset = Math.min(from, whole.length - 1);
      const picked = pickQuote({ content: whole.slice(startOffset), startOffset }, claim);
      if (picked === undefined) return;
      expect(whole.slice(picked.startOffset, picked.endOffset)).toBe(picked.quote);
      expect(picked.quote.length).toBeGreaterThan(0);
    }),
  );
});
