import { quantile } from '../../quantile.ts';
import { isSameColumns } from './is-same-columns.ts';
import { findGrids, type PdfGrid } from './pdf-grids.ts';
import type { PdfRule } from './pdf-rules.ts';
import { groupByLine, type PdfSegment } from './pdf-segments.ts';
import { cellText, type FoundTable, rowBox } from './pdf-table-cells.ts';
import { isFigure, isNamed } from './pdf-table-signs.ts';
import type { PdfTextRun } from './pdf-text-runs.ts';

/** Fewer cells with text than this make a form or a drawing; of few rows, most cells have some. */
const FILLED_SHARE_MIN = 0.5;
const FEW_ROWS = 3;
const FEW_ROWS_FILLED_SHARE_MIN = 0.8;
/** Boxes with more text are the layout of a page. */
const CELL_CHARACTERS_MAX = 300;

/** Grids in the same columns no further apart than this (points) are one table, whose lines are broken by double ones. */
const APART_MAX = 12;

/** Finds the tables whose cells are drawn as boxes. */
export function findRuledTables(segments: readonly PdfSegment[], rules: readonly PdfRule[]): FoundTable[] {
  const taken = new Set<PdfSegment>();
  return joinGrids(findGrids(rules)).flatMap((grid) => {
    const inside = segments.filter((segment) => !taken.has(segment) && isInside(segment, grid));
    const table = toTable(inside, grid);
    if (table === undefined) return [];
    for (const segment of inside) taken.add(segment);
    return table;
  });
}

function joinGrids(grids: readonly PdfGrid[]): PdfGrid[] {
  const joined: PdfGrid[] = [];
  for (const grid of grids.toSorted((one, other) => (one.rows[0] ?? 0) - (other.rows[0] ?? 0))) {
    const above = joined.find((other) => goesOn(other, grid));
    if (above === undefined) joined.push({ ...grid });
    else above.rows = [...above.rows, ...grid.rows];
  }
  // A single row of boxes is a form, or the layout of a page.
  return joined.filter(({ rows }) => rows.length >= 3);
}

function goesOn(above: PdfGrid, grid: PdfGrid): boolean {
  const gap = (grid.rows[0] ?? 0) - (above.rows.at(-1) ?? 0);
  return gap >= 0 && gap <= APART_MAX && isSameColumns(above.columns, grid.columns);
}

function toTable(segments: readonly PdfSegment[], { columns, rows }: PdfGrid): FoundTable | undefined {
  const cells: PdfTextRun[][][] = rows.slice(1).flatMap((bottom, index) => {
    const top = rows[index] ?? bottom;
    const inRow = segments.filter((segment) => middleOf(segment) > top && middleOf(segment) <= bottom);
    return toRows(inRow, columns);
  });
  const filled = cells.filter((row) => row.some((cell) => cell.length > 0));
  const texts = filled.map((row) => row.map(cellText));
  const table = {
    rows: texts,
    rowBoxes: filled.flatMap((row) => rowBox(row) ?? []),
    columns: columns.slice(0, -1),
    segments: new Set(segments),
  };
  return isSound(texts) ? table : undefined;
}

function isSound(rows: readonly string[][]): boolean {
  const width = rows[0]?.length ?? 0;
  const filledColumns = Array.from({ length: width }, (_, column) => rows.filter((row) => row[column] !== '').length);
  const columnCount = filledColumns.filter((count) => count > 0).length;
  const lengths = rows.flatMap((row) => row.map((cell) => cell.length)).filter((length) => length > 0);
  const share = rows.length > FEW_ROWS ? FILLED_SHARE_MIN : FEW_ROWS_FILLED_SHARE_MIN;
  return (
    rows.length >= 2 &&
    columnCount >= 2 &&
    lengths.length >= share * rows.length * columnCount &&
    isNamed(rows) &&
    (quantile(lengths, 0.5) ?? 0) <= CELL_CHARACTERS_MAX
  );
}

/** What stands between two lines across: one row, or as many as it has lines where none are drawn between its rows. */
function toRows(segments: readonly PdfSegment[], columns: readonly number[]): PdfTextRun[][][] {
  const row = toCells(segments, columns);
  const lines = groupByLine(segments).map((line) => toCells(line, columns));
  const isWide = (line: readonly PdfTextRun[][]) => 3 * countFilled(line) >= 2 * countFilled(row);
  const areRows =
    lines.length >= 3 && lines.every(isWide) && row.some((_, column) => column > 0 && hasFigures(lines, column));
  return areRows ? lines : [row];
}

function hasFigures(lines: readonly PdfTextRun[][][], column: number): boolean {
  const texts = lines.map((line) => cellText(line[column] ?? [])).filter((text) => text !== '');
  return texts.length >= 3 && texts.filter(isFigure).length >= 0.8 * texts.length;
}

function countFilled(cells: readonly PdfTextRun[][]): number {
  return cells.filter((cell) => cell.length > 0).length;
}

/** Runs by column, as they are drawn: a line may run through several cells without a gap that shows it. */
function toCells(segments: readonly PdfSegment[], columns: readonly number[]): PdfTextRun[][] {
  const cells: PdfTextRun[][] = columns.slice(1).map(() => []);
  for (const run of segments.flatMap(({ runs }) => runs)) {
    const middle = (run.x + run.xEnd) / 2;
    const right = columns.findIndex((edge, index) => index > 0 && middle <= edge);
    cells[(right < 0 ? columns.length - 1 : right) - 1]?.push(run);
  }
  return cells;
}

function isInside(segment: PdfSegment, { columns, rows }: PdfGrid): boolean {
  const across = (segment.x + segment.xEnd) / 2;
  const down = middleOf(segment);
  return (
    across > (columns[0] ?? 0) && across < (columns.at(-1) ?? 0) && down > (rows[0] ?? 0) && down < (rows.at(-1) ?? 0)
  );
}

/** Halfway up its small letters. */
function middleOf({ y, fontSize }: PdfSegment): number {
  return y - 0.3 * fontSize;
}
