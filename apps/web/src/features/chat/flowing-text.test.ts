import { expect, test } from 'vitest';
import { flowingText } from './flowing-text.ts';

test.each([
  ['when the printed\ntide table was\nwrong.', 'when the printed tide table was wrong.'],
  ['in the fog of 9\nNovember\n1958.', 'in the fog of 9 November 1958.'],
  ['The tide clock\n\nAda built\nit.', 'The tide clock\n\nAda built it.'],
  ['| a | b |\n| 1 | 2 |', '| a | b |\n| 1 | 2 |'],
  ['To do:\n- sweep\n- wind\n1. first\n2) second', 'To do:\n- sweep\n- wind\n1. first\n2) second'],
  ['if (a)\n    return', 'if (a)\n    return'],
  ['before it\n', 'before it\n'],
])('%j reads as %j', (kept, shown) => {
  expect(flowingText(kept)).toBe(shown);
});
