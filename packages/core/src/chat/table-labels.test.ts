import { expect, test } from 'vitest';
import { cellsOf, findTableLabels } from './table-labels.ts';

function labelsIn(text: string, row: string): readonly string[] | undefined {
  const start = text.indexOf(row);
  return findTableLabels(text).of({ start, end: start + row.length });
}

function isLabelsIn(text: string, row: string): boolean {
  const start = text.indexOf(row);
  return findTableLabels(text).isLabels({ start, end: start + row.length });
}

const cups =
  'The cups:\n\n| Team | Location | Cups |\n| --- | --- | --- |\n| Blues | STL | 1 |\n| Flyers | PHI | 2 |\n\nMore.';

test('a row has the labels of the row above the rule, which are none themselves', () => {
  expect(labelsIn(cups, '| Flyers')).toEqual(['Team', 'Location', 'Cups']);
  expect(labelsIn(cups, '| Team')).toBeUndefined();
  expect(labelsIn(cups, 'More.')).toBeUndefined();
  expect(['| Team', '| ---', '| Blues', 'More.'].map((row) => isLabelsIn(cups, row))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('the first of several facts in two columns is a fact, unless it stands over numbers', () => {
  const facts = '| Industry | Software |\n| --- | --- |\n| Founders | Allen |\n| Employees | 221,000 |';
  expect(isLabelsIn(facts, '| Industry')).toBe(false);
  expect(labelsIn(facts, '| Employees')).toBeUndefined();
  const counts = '| Country | People |\n| --- | --- |\n| Norway | 5.5 million |\n| Malta | 0.5 million |';
  expect(labelsIn(counts, '| Malta')).toEqual(['Country', 'People']);
});

test('each table of a text has its own labels, and one without rows has none', () => {
  const two = `${cups}\n\n| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n\n| d | e | f |\n| --- | --- | --- |`;
  expect(labelsIn(two, '| 1 | 2')).toEqual(['a', 'b', 'c']);
  expect(isLabelsIn(two, '| d ')).toBe(false);
});

test('an upright line within a cell does not end it', () => {
  expect(cellsOf(String.raw`| a \| b |  | c |`)).toEqual(['a | b', '', 'c']);
});
