import { expect, test } from 'vitest';
import { selectRange } from './select-range.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];

test.each([
  { name: 'one alone', chosen: [], from: null, to: 'b', after: ['b'] },
  { name: 'one alone, taken back', chosen: ['b'], from: null, to: 'b', after: [] },
  { name: 'downwards', chosen: ['b'], from: 'b', to: 'd', after: ['b', 'c', 'd'] },
  { name: 'upwards, beside what was chosen', chosen: ['e', 'd'], from: 'd', to: 'b', after: ['b', 'c', 'd', 'e'] },
  { name: 'taken back', chosen: ['a', 'b', 'c'], from: 'a', to: 'c', after: [] },
  { name: 'from one that has left the list', chosen: ['x'], from: 'x', to: 'c', after: ['c', 'x'] },
])('$name', ({ chosen, from, to, after }) => {
  expect([...selectRange(new Set(chosen), shown, from, to)].toSorted()).toEqual(after);
});
