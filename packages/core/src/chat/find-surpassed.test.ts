import { expect, test } from 'vitest';
import { findSurpassed } from './find-surpassed.ts';

const labels = ['Team', 'Stanley Cups', 'Seats'];
const rows = [
  { labels, cells: ['Blues', '1', '18,096'] },
  { labels, cells: ['Canadiens', '24', '21,105'] },
  { labels, cells: ['Sharks', 'none', '17,435'] },
];

test.each([
  ['Which team won the most Stanley Cups?', ['Blues', 'Sharks']],
  ['Which team has the fewest seats?', ['Blues', 'Canadiens']],
  ['Which team won the fewest Stanley Cups?', ['Canadiens', 'Sharks']],
  ['How many Stanley Cups did the Blues win?', []],
  ['Who is the tallest player?', []],
])('%s', (question, teams) => {
  expect([...findSurpassed(question, rows)].map(({ cells: [team] }) => team)).toEqual(teams);
});

test('rows that hold the same number do not surpass each other', () => {
  const tied = [...rows, { labels, cells: ['Leafs', '24', '18,800'] }];
  expect([...findSurpassed('Who won the most cups?', tied)].map(({ cells: [team] }) => team)).toEqual([
    'Blues',
    'Sharks',
  ]);
});
