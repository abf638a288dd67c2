import type { TextRange } from './split-sentences.ts';

interface TableRow extends TextRange {
  cells: string[];
}

/** A table as documents are read: a row, a rule, and rows below. */
const tables = /^\|.*\|[ \t]*\n\|(?: *:?-{3,}:? *\|)+[ \t]*(?:\n\|.*\|[ \t]*)*/gm;
const rowsThatShowLabels = 2;

/** What a text's tables call their columns. */
export interface TableLabels {
  /** Whether a range is a row of labels or the rule below it, which say nothing by themselves. */
  isLabels(range: TextRange): boolean;
  /** The labels of the row that begins at a range's start; undefined where it has none, and outside of tables. */
  of(range: TextRange): readonly string[] | undefined;
}

/**
 * Which rows of a text's tables are labels, and which rows they stand over. The first row of a table of two columns is
 * mostly a fact like those below it ("Industry | Software"), so there it is labels only over a column of numbers.
 */
export function findTableLabels(text: string): TableLabels {
  const labels = new Set<number>();
  const labelsByRow = new Map<number, readonly string[]>();
  for (const { 0: table, index } of text.matchAll(tables)) {
    const [first, rule, ...rows] = rowsOf(table, index);
    if (first === undefined || rule === undefined) continue;
    labels.add(rule.start);
    if (!areLabels(first, rows)) continue;
    labels.add(first.start);
    for (const { start } of rows) labelsByRow.set(start, first.cells);
  }
  return { isLabels: ({ start }) => labels.has(start), of: ({ start }) => labelsByRow.get(start) };
}

/** The cells of a row, without the escapes that keep an upright line within one from ending it. */
export function cellsOf(row: string): string[] {
  return row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll(String.raw`\|`, '|').trim());
}

function rowsOf(table: string, at: number): TableRow[] {
  return [...table.matchAll(/^\|.*\|/gm)].map(({ 0: row, index }) => {
    return { start: at + index, end: at + index + row.length, cells: cellsOf(row) };
  });
}

function areLabels({ cells }: TableRow, rows: readonly TableRow[]): boolean {
  if (rows.length === 0) return false;
  if (cells.length > 2) return true;
  const isOverNumbers = (cell: string, column: number) =>
    !/\p{N}/u.test(cell) && rows.every((row) => /\p{N}/u.test(row.cells[column] ?? ''));
  return rows.length >= rowsThatShowLabels && cells.some(isOverNumbers);
}
