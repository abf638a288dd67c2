import { readDrawnTable } from './text-tables.ts';

const border = /^=+(?:\s+=+)+\s*$/;

/** How many lines a table takes that begins at the first; 0 where none does. */
export function rstTableLength(lines: readonly string[]): number {
  if (/^\+[-=+]{3,}\+\s*$/.test(lines[0] ?? '')) {
    const end = lines.findIndex((line) => !/^[+|]/.test(line));
    return end < 0 ? lines.length : end;
  }
  if (!border.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, index) => {
    return index > 1 && border.test(line) && (lines[index + 1] ?? '').trim() === '';
  });
  return end < 0 ? 0 : end + 1;
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
