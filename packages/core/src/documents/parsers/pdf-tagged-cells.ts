/** A table as a tagged file tells of it. Rows and cells that stand on other pages are in it too, some programs' empty cells are not. */
export interface TaggedTable {
  rows: TaggedCell[][];
  /** It holds another table, or a heading: it only places things on a page. */
  isLayout: boolean;
}

export interface TaggedCell {
  table: TaggedTable;
  isHeader: boolean;
  columnSpan: number;
  rowSpan: number;
}

/** Where in a table an element stands. */
export interface TaggedPlace {
  table?: TaggedTable | undefined;
  cell?: TaggedCell | undefined;
}

/** Real spans are small; a hostile file may claim millions of columns. */
const SPAN_MAX = 50;
const COLUMNS_MAX = 200;
/** Cells that touch overlap by so much (points) where letters reach out of theirs. */
const OVERLAP_MAX = 3;

/** The place of what is in an element; its table is told of its rows and cells. */
export function placeInTable(
  { role, colSpan = 1, rowSpan = 1 }: { role: string; colSpan?: number | undefined; rowSpan?: number | undefined },
  place: TaggedPlace,
): TaggedPlace {
  const { table, cell } = place;
  if (role === 'Table') {
    if (cell !== undefined) cell.table.isLayout = true;
    return { table: { rows: [], isLayout: false } };
  }
  if (table === undefined || cell !== undefined) return place;
  if (role === 'TR') table.rows.push([]);
  if (role !== 'TD' && role !== 'TH') return place;
  const isHeader = role === 'TH' || table.rows.length <= 1;
  const own = { table, isHeader, columnSpan: Math.min(SPAN_MAX, colSpan), rowSpan: Math.min(SPAN_MAX, rowSpan) };
  table.rows.at(-1)?.push(own);
  return { table, cell: own };
}

/** A cell in one of its rows; `isOwn` in the first of them. */
export interface LaidCell {
  cell: TaggedCell;
  column: number;
  isOwn: boolean;
}

type Extent = readonly [from: number, to: number];
type ExtentOf = (cell: TaggedCell) => Extent | undefined;

/**
 * Gives each cell its column: those that span rows are in each of them. Rows of which cells are missing are placed by where
 * their text stands. Undefined where the columns do not stand beside each other.
 * @param extentOf where the text of a cell begins and ends (points); undefined where it has none on this page.
 */
export function layTaggedRows(
  { rows }: TaggedTable,
  extentOf: ExtentOf,
): { rows: LaidCell[][]; columns: number[] } | undefined {
  if (rows.some((cells) => spanOf(cells) > COLUMNS_MAX)) return undefined;
  const closely = layRows(rows, () => 0);
  const width = Math.max(0, ...closely.map(endOf));
  if (width < 2 || width > COLUMNS_MAX) return undefined;
  const whole = closely.filter((row) => endOf(row) === width);
  const extents = columnExtents(whole, width, extentOf);
  const laid = layRows(rows, (cell, column, missing) => {
    const extent = missing(width) > 0 ? extentOf(cell) : undefined;
    return extent === undefined ? 0 : nearest(extent, extents.slice(column, column + missing(width) + 1));
  });
  const placed = columnExtents(laid, width, extentOf);
  return areApart(placed) ? { rows: laid, columns: startsOf(placed) } : undefined;
}

/** @param skip how many columns a cell leaves free, of those that its row has no cells for. */
function layRows(
  rows: readonly TaggedCell[][],
  skip: (cell: TaggedCell, column: number, missing: (width: number) => number) => number,
): LaidCell[][] {
  let held: { cell: TaggedCell; column: number; rowsLeft: number }[] = [];
  return rows.map((cells) => {
    const taken = new Set(held.flatMap(({ cell, column }) => columnsOf(cell, column)));
    const laid: LaidCell[] = held.map(({ cell, column }) => ({ cell, column, isOwn: false }));
    held = held.flatMap((one) => (one.rowsLeft > 1 ? { ...one, rowsLeft: one.rowsLeft - 1 } : []));
    let column = 0;
    let skipped = 0;
    for (const cell of cells) {
      while (taken.has(column)) column += 1;
      const skips = skip(cell, column, (width) => width - taken.size - spanOf(cells) - skipped);
      for (let left = skips; left > 0 || taken.has(column); column += 1) if (!taken.has(column)) left -= 1;
      skipped += skips;
      laid.push({ cell, column, isOwn: true });
      if (cell.rowSpan > 1 && column < COLUMNS_MAX) held.push({ cell, column, rowsLeft: cell.rowSpan - 1 });
      column += cell.columnSpan;
    }
    return laid;
  });
}

function columnsOf({ columnSpan }: TaggedCell, first: number): number[] {
  return Array.from({ length: columnSpan }, (_, index) => first + index);
}

function spanOf(cells: readonly TaggedCell[]): number {
  return cells.reduce((sum, { columnSpan }) => sum + columnSpan, 0);
}

function endOf(row: readonly LaidCell[]): number {
  return row.reduce((end, { cell, column }) => Math.max(end, column + cell.columnSpan), 0);
}

/** Where the text of each column begins and ends, by the cells that are in it alone; what has a row to itself may reach across all. */
function columnExtents(rows: readonly LaidCell[][], width: number, extentOf: ExtentOf): (Extent | undefined)[] {
  const extents: (Extent | undefined)[] = Array.from({ length: width }, () => undefined);
  for (const { cell, column } of rows.filter(({ length }) => length > 1).flat()) {
    const extent = cell.columnSpan > 1 ? undefined : extentOf(cell);
    if (extent === undefined) continue;
    const [from, to] = extents[column] ?? extent;
    extents[column] = [Math.min(from, extent[0]), Math.max(to, extent[1])];
  }
  return extents;
}

/** Which of some columns a text stands in, or stands nearest to. */
function nearest([from, to]: Extent, columns: readonly (Extent | undefined)[]): number {
  const gaps = columns.map((column) =>
    column === undefined ? Number.POSITIVE_INFINITY : Math.max(0, column[0] - to, from - column[1]),
  );
  return Math.max(0, gaps.indexOf(Math.min(...gaps)));
}

/** Columns may touch, and go from the right where the text does. */
function areApart(columns: readonly (Extent | undefined)[]): boolean {
  const known = columns.filter((column) => column !== undefined);
  const isRising = (all: readonly Extent[]) =>
    all.every(([from], index) => from >= (all[index - 1]?.[1] ?? from) - OVERLAP_MAX);
  return isRising(known) || isRising(known.toReversed());
}

/** A column that no cell is in alone begins where the one before it does. */
function startsOf(columns: readonly (Extent | undefined)[]): number[] {
  let start = 0;
  return columns.map((column) => (start = column?.[0] ?? start));
}
