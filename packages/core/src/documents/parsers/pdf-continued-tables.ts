import type { PdfLine } from './pdf-lines.ts';
import type { PdfTableCells } from './pdf-table-cells.ts';

/** Running heads, page numbers: what may stand between a table's end on one page and where it goes on. */
const LINES_BETWEEN_MAX = 2;
/** Points; the same columns on the next page stand where they stood. */
const TOLERANCE = 2;

/**
 * Puts the header of a table above the rows that go on on the next page, where they stand in the same columns and do not
 * repeat it themselves.
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
  const [header] = before.rows;
  const isAligned =
    before.columns.length === table.columns.length &&
    before.columns.every((x, index) => Math.abs(x - (table.columns[index] ?? 0)) <= TOLERANCE);
  if (header === undefined || !isAligned || header.join('|') === table.rows[0]?.join('|')) return table;
  return { ...table, rows: [header, ...table.rows], rowBoxes: [undefined, ...table.rowBoxes] };
}
