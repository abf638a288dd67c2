import { expect, test } from 'vitest';
import { sayTableRows } from './say-table-rows.ts';

function say(text: string, stretch: string): string {
  const start = text.indexOf(stretch);
  return sayTableRows(text, { start, end: start + stretch.length });
}

const cups = '| Team | Location | Cups |\n| --- | --- | --- |\n| Blues | STL | 1 |\n| Sharks |  | 0 |';

test.each([
  ['a row, with the labels of its columns', cups, '| Blues | STL | 1 |', 'Team: Blues · Location: STL · Cups: 1'],
  [
    'several, without empty cells',
    cups,
    cups.slice(cups.indexOf('| Blues')),
    'Team: Blues · Location: STL · Cups: 1; Team: Sharks · Cups: 0',
  ],
  ['labels alone', cups, '| Team | Location | Cups |', 'Team · Location · Cups'],
  [
    'two facts, without the rule between them',
    '| Age | old |\n| --- | --- |\n| Size | big |',
    '| Age | old |\n| --- | --- |\n| Size | big |',
    'Age: old; Size: big',
  ],
  ['prose as it is', `Either a | or b.\n\n${cups}`, 'Either a | or b.', 'Either a | or b.'],
])('%s', (_, text, stretch, said) => {
  expect(say(text, stretch)).toBe(said);
});
