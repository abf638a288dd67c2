import { isSameColumns } from './is-same-columns.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { PdfTableCells } from './pdf-table-cells.ts';
import { isFigure } from './pdf-table-signs.ts';

/** Running heads, page numbers: what may stand between a table's end on one page and where it goes on. */
const LINES_BETWEEN_MAX = 2;

/**
 * Puts the header of a table above the rows that go on on the next page, where they stand in the same columns and neither
 * repeat it themselves nor have one of their own. A first row with figures that looks like the second is no header.
 */
export function carryTableHeaders(lines: readonly PdfLine[]): PdfLine[] {
  let open: { table: PdfTableCells; page: number; lineCount: number } | undefined;
  let page = 0;
  let linesOnPage = 0;
  return lines.map((line) => {
    if (line.page !== page) linesOnPage = 0;
    ({ page } = line);
    if (line.table === undefined) {
      linesOnPage += 1;
      if (open?.page === page) open.lineCount += 1;
      return line;
    }
    const isFirst = linesOnPage <= LINES_BETWEEN_MAX && open?.page === page - 1 && open.lineCount <= LINES_BETWEEN_MAX;
    const table = isFirst && open !== undefined ? continueTable(open.table, line.table) : line.table;
    open = { table, page, lineCount: 0 };
    linesOnPage = LINES_BETWEEN_MAX + 1;
    return { ...line, table };
  });
}

function continueTable(before: PdfTableCells, table: PdfTableCells): PdfTableCells {
  const [header, afterHeader] = before.rows;
  const [first, second] = table.rows;
  const isSame = table.goesOn === true && table.columns.length === before.columns.length;
  if (header === undefined || first === undefined) return table;
  if (!isSame && !isSameColumns(before.columns, table.columns)) return table;
  if (header.join('|') === first.join('|') || (header.some(isFigure) && isAlike(header, afterHeader))) return table;
  if (table.goesOn !== true && isAlike(first, header) && !isAlike(first, second)) return table;
  return { ...table, rows: [header, ...table.rows], rowBoxes: [undefined, ...table.rowBoxes] };
}

/** Whether figures stand in the same cells of two rows. */
function isAlike(one: readonly string[], other: readonly string[] | undefined): boolean {
  return other !== undefined && one.every((cell, column) => isFigure(cell) === isFigure(other[column] ?? ''));
}
