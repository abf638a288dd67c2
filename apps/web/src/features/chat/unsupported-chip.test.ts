import { expect, test } from 'vitest';
import { explanationOf } from './unsupported-chip.tsx';

test('a visitor is not told of documents of theirs, nor of a model', () => {
  for (const reason of ['uncited', 'quote-not-found', 'not-proven', 'unknown-passage'] as const) {
    expect(explanationOf(reason, true)).not.toMatch(/your|model/i);
  }
  expect(explanationOf('uncited', false)).toContain('your documents');
});
