import { expect, test } from 'vitest';
import { lineOf } from './embedding-model.ts';

const model = { id: 2, provider: 'openai', name: 'large', dimensions: 96, chunks: 7, shadowed: 4 } as const;
const filledAt = '2026-03-01T10:00:00.000Z';

test.each([
  { state: 'active', isChangedTo: false, said: 'answers' },
  { state: 'building', isChangedTo: true, said: 'does not answer, is being filled' },
  { state: 'building', isChangedTo: false, said: `does not answer, was last filled at ${filledAt}` },
  { state: 'retired', isChangedTo: false, said: 'answered before' },
  { state: 'retired', isChangedTo: true, said: 'answered before, is being filled' },
] as const)('of a model it is said: $said', ({ state, isChangedTo, said }) => {
  expect(lineOf({ ...model, state, isChangedTo, filledAt })).toBe(`large (96 dimensions) ${said}: 4 of 7 passages`);
});
