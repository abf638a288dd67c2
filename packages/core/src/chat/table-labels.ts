import type { TextRange } from './split-sentences.ts';

interface TableRow extends TextRange {
  cells: string[];
}

/** A table as documents are read: a row, a rule, and rows below. */
const tables = /^\|.*\|[ \t]*\n\|(?: *:?-{3,}:? *\|)+[ \t]*(?:\n\|.*\|[ \t]*)*/gm;
const rowsThatShowLabels = 2;
/** A longer line above a table tells something. */
const captionCharactersMax = 80;
const captionWordsMax = 6;

/** What a text's tables call their columns. */
export interface TableLabels {
  /** Whether a range is a row of labels or the rule below it, which say nothing by themselves. */
  isLabels(range: TextRange): boolean;
  /** Whether a range is a line that names the table right below it ("Stanley Cups Since 67"), and says nothing itself. */
  isCaption(range: TextRange): boolean;
  /** How many rows the table has that the row at a range's start is of; 0 outside of tables, and where it has no labels. */
  rowCountOf(range: TextRange): number;
  /** The labels of the row that begins at a range's start; undefined where it has none, and outside of tables. */
  of(range: TextRange): readonly string[] | undefined;
}

/**
 * Which rows of a text's tables are labels, and which rows they stand over. The first row of a table of two columns is
 * mostly a fact like those below it ("Industry | Software"), so there it is labels only over a column of numbers.
 */
export function findTableLabels(text: string): TableLabels {
  const labels = new Set<number>();
  const captions = new Set<number>();
  const rowCounts = new Map<number, number>();
  const labelsByRow = new Map<number, readonly string[]>();
  for (const { 0: table, index } of text.matchAll(tables)) {
    const [first, rule, ...rows] = rowsOf(table, index);
    if (first === undefined || rule === undefined) continue;
    labels.add(rule.start);
    if (!areLabels(first, rows)) continue;
    labels.add(first.start);
    captions.add(captionEnd(text, index));
    for (const { start } of rows) {
      labelsByRow.set(start, first.cells);
      rowCounts.set(start, rows.length);
    }
  }
  return {
    isLabels: ({ start }) => labels.has(start),
    isCaption: ({ start, end }) =>
      captions.has(end) && end - start <= captionCharactersMax && namesOnly(text.slice(start, end)),
    rowCountOf: ({ start }) => rowCounts.get(start) ?? 0,
    of: ({ start }) => labelsByRow.get(start),
  };
}

/** Where the line above a table ends. */
function captionEnd(text: string, tableStart: number): number {
  return text.slice(0, tableStart).trimEnd().length;
}

/** A title, and no sentence or question: a few words without an end. */
function namesOnly(line: string): boolean {
  if (/[.!?:;…。！？]["'”’»)\]]*$/.test(line) || /^[|\-*•#>]/.test(line)) return false;
  const words = line.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length <= captionWordsMax;
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
