import { isTableRow } from './is-table-row.ts';
import type { TextRange } from './split-sentences.ts';
import { cellsOf, findTableLabels } from './table-labels.ts';

/**
 * A stretch of a text as it is said in a sentence: rows of a table without their lines, each cell after the label of its
 * column ("Team: Blues · Cups: 1"), or two as a fact ("Founders: Bill Gates, Paul Allen"); anything else as it is.
 */
export function sayTableRows(text: string, range: TextRange): string {
  const stretch = text.slice(range.start, range.end);
  if (!isTableRow(stretch)) return stretch;
  const labels = findTableLabels(text);
  return [...stretch.matchAll(/^\|.*\|/gm)]
    .map(({ 0: row, index }) => ({ row, range: { start: range.start + index, end: range.start + index + row.length } }))
    .filter(({ row }) => /[\p{L}\p{N}]/u.test(row))
    .map(({ row, range }) => sayRow(cellsOf(row), labels.of(range)))
    .join('; ');
}

function sayRow(cells: readonly string[], labels: readonly string[] | undefined): string {
  const said = cells.map((cell, column) => {
    const label = labels?.[column] ?? '';
    return label === '' || cell === '' ? cell : `${label}: ${cell}`;
  });
  return said.filter((cell) => cell !== '').join(labels === undefined && cells.length === 2 ? ': ' : ' · ');
}
