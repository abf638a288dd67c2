import { expect, test } from 'vitest';
import { refusalOf } from './refusal-words.ts';

test('each refusal has a way on of its own, and only refusals have one', () => {
  const refusals = (['empty-library', 'nothing-relevant', 'unsupported'] as const).map((outcome) => refusalOf(outcome));
  expect(new Set(refusals.map((refusal) => refusal?.action)).size).toBe(3);
  expect(refusalOf('unsupported')?.label).toContain('come near');
  expect([refusalOf('answered'), refusalOf('quoted'), refusalOf(null)]).toEqual([null, null, null]);
});
