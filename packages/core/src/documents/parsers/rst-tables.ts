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
  // Rows may have blank lines between them, but not that many.
  const last = lastRuleFrom(lines, at + 2);
  return last < lines.length && last - at < ROWS_MAX ? last + 1 - at : 0;
}

/** Where a search for the end of a table began last, and what it found: those that begin in between end there too. */
const lastRules = new WeakMap<readonly string[], { from: number; found: number }>();

/** The next rule that stands before a blank line, which ends a table; the number of lines where there is none. */
function lastRuleFrom(lines: readonly string[], from: number): number {
  const known = lastRules.get(lines);
  if (known !== undefined && known.from <= from && from <= known.found) return known.found;
  let found = from;
  while (found < lines.length && !(border.test(lines[found] ?? '') && (lines[found + 1] ?? '').trim() === ''))
    found += 1;
  lastRules.set(lines, { from, found });
  return found;
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
