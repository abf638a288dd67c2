import { readDrawnTable } from './text-tables.ts';

const border = /^=+(?:\s+=+)+\s*$/;

const ROWS_MAX = 2000;

/** How many lines a table takes that begins there; 0 where none does. */
export function rstTableLength(lines: readonly string[], at: number): number {
  const first = lines[at] ?? '';
  let end = at + 1;
  if (/^\+[-=+]{3,}\+\s*$/.test(first)) {
    while (end < lines.length && /^[+|]/.test(lines[end] ?? '')) end += 1;
    return end - at;
  }
  if (!border.test(first)) return 0;
  // A rule that stands before a blank line ends it. Rows may have blank lines between them, but not that many.
  for (end += 1; end < lines.length && end - at < ROWS_MAX; end += 1) {
    if (border.test(lines[end] ?? '') && (lines[end + 1] ?? '').trim() === '') return end + 1 - at;
  }
  return 0;
}

/** The rows of a table, simple or drawn as a grid; undefined where cells reach over several, which is shown as drawn. */
export function rstTableRows(lines: readonly string[]): string[][] | undefined {
  return border.test(lines[0] ?? '') ? simpleRows(lines) : readDrawnTable(lines);
}

/** A line without a first cell goes on with the row above. Text of the last column may be wider than that. */
function simpleRows(lines: readonly string[]): string[][] {
  const starts = [...(lines[0] ?? '').matchAll(/=+/g)].map(({ index }) => index);
  const rows: string[][] = [];
  for (const line of lines) {
    if (/^[\s=-]*$/.test(line) && (line.trim() === '' || border.test(line) || /^-[\s-]*$/.test(line))) continue;
    const cells = starts.map((start, column) => line.slice(start, starts[column + 1] ?? line.length).trim());
    const last = rows.at(-1);
    if (cells[0] !== '' || last === undefined) rows.push(cells.map((cell) => (cell === '\\' ? '' : cell)));
    else for (const [column, cell] of cells.entries()) last[column] = `${last[column] ?? ''} ${cell}`.trim();
  }
  return rows;
}
