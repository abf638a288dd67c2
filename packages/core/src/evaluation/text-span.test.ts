import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsSpan, spanRecall, type TextSpan } from './text-span.ts';

const span = fc
  .record({ documentId: fc.constantFrom('a', 'b'), start: fc.nat(40), length: fc.integer({ min: 1, max: 15 }) })
  .map(({ documentId, start, length }): TextSpan => ({ documentId, start, end: start + length }));

function charactersOf(spans: readonly TextSpan[]): Set<string> {
  return new Set(
    spans.flatMap(({ documentId, start, end }) =>
      Array.from({ length: end - start }, (_, index) => `${documentId}${start + index}`),
    ),
  );
}

test('recall counts each character of the gold spans once, however spans overlap', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), fc.array(span, { maxLength: 6 }), (gold, found) => {
      const wanted = charactersOf(gold);
      const held = [...charactersOf(found)].filter((character) => wanted.has(character)).length;
      expect(spanRecall(gold, found)).toBeCloseTo(held / wanted.size, 10);
    }),
  );
});

test('without gold there is nothing to recall', () => {
  expect(spanRecall([], [{ documentId: 'a', start: 0, end: 9 }])).toBeUndefined();
});

test('a span is held whole and in its document, or not', () => {
  const inner = { documentId: 'a', start: 5, end: 9 };
  expect(holdsSpan({ documentId: 'a', start: 5, end: 9 }, inner)).toBe(true);
  expect(holdsSpan({ documentId: 'a', start: 6, end: 20 }, inner)).toBe(false);
  expect(holdsSpan({ documentId: 'b', start: 0, end: 20 }, inner)).toBe(false);
});
