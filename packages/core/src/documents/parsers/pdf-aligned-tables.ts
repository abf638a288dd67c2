import { quantile } from '../../quantile.ts';
import { extentOf } from './extent-of.ts';
import type { PdfRule } from './pdf-rules.ts';
import { groupByLine, type PdfSegment, widthOf } from './pdf-segments.ts';
import { cellText, type FoundTable, rowBox } from './pdf-table-cells.ts';
import { isFigure, isTable } from './pdf-table-signs.ts';
import type { PdfTextRun } from './pdf-text-runs.ts';

interface Column {
  from: number;
  to: number;
}

/** Lines of text, in columns with white between them from the first line to the last. */
interface Candidate {
  lines: (readonly PdfSegment[])[];
  columns: Column[];
}

/** The white between columns that all rows leave free, in font sizes; within a row it is as wide as a segment's end. */
const WHITE_MIN = 0.4;
/** Rows are no further apart than this, in font sizes. */
const STEP_MAX = 3.5;
/** The second line of a cell follows the first as closely as lines of prose do. */
const WRAPPED_STEP_MAX = 1.6;
const ROWS_MIN = 3;
/** More columns than a page of figures has. */
const COLUMNS_MAX = 200;
/**
 * What looks like a table and is none is tried again without its first line. Of a page with thousands of lines that would take
 * minutes: a page may have so many cells compared with columns, and more with its size.
 */
const COMPARISONS_MAX = 500_000;
const COMPARISONS_PER_SEGMENT_MAX = 100;

/**
 * Finds the tables of an area that show by nothing but how their text stands, or by lines across alone.
 * @param segments of one direction of text.
 */
export function findAlignedTables(segments: readonly PdfSegment[], rules: readonly PdfRule[]): FoundTable[] {
  const lines = groupByLine(segments);
  const tables: FoundTable[] = [];
  let comparisonsLeft = COMPARISONS_MAX + COMPARISONS_PER_SEGMENT_MAX * segments.length;
  for (let start = 0; start < lines.length; ) {
    const candidate = growFrom(lines, start);
    const table = candidate === undefined ? undefined : toTable(candidate, rules);
    if (table !== undefined) tables.push(table);
    comparisonsLeft -= candidate === undefined ? 0 : candidate.lines.flat().length * candidate.columns.length;
    const isDone = table !== undefined || comparisonsLeft < 0;
    start += isDone ? (candidate?.lines.length ?? 1) : 1;
  }
  return tables;
}

function growFrom(lines: readonly PdfSegment[][], start: number): Candidate | undefined {
  const first = lines[start] ?? [];
  if (first.length < 2 || first.length > COLUMNS_MAX || first.some(isTableAlready)) return undefined;
  let columns = first.map(({ x, xEnd }) => ({ from: x, to: xEnd }));
  let found = { end: start + 1, columns };
  let previousY = first[0]?.y ?? 0;
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? [];
    const { y = 0, fontSize: size = 0 } = line[0] ?? {};
    const step = y - previousY;
    if (line.some(isTableAlready)) break;
    if (step > (line.length === 1 ? WRAPPED_STEP_MAX : STEP_MAX) * size) break;
    const widened = widen(columns, line, WHITE_MIN * size);
    if (widened === undefined) break;
    columns = widened;
    previousY = y;
    // What stands in one column alone belongs to the table when more rows follow it.
    if (line.length > 1) found = { end: index + 1, columns };
  }
  const taken = lines.slice(start, found.end);
  const isRow = (line: readonly PdfSegment[]) => line.length > 1;
  return taken.filter(isRow).length < ROWS_MIN ? undefined : { lines: taken, columns: found.columns };
}

function isTableAlready({ table }: PdfSegment): boolean {
  return table !== undefined;
}

/** The columns with a line more in them; undefined when that line runs across the white between two, or they are too many. */
function widen(columns: readonly Column[], line: readonly PdfSegment[], white: number): Column[] | undefined {
  if (line.length > COLUMNS_MAX) return undefined;
  const widened = columns.map((column) => ({ ...column }));
  for (const { x, xEnd } of line) {
    const touched = widened.filter(({ from, to }) => x < to + white && xEnd > from - white);
    const [column] = touched;
    if (touched.length > 1) return undefined;
    if (column === undefined) widened.push({ from: x, to: xEnd });
    else Object.assign(column, { from: Math.min(column.from, x), to: Math.max(column.to, xEnd) });
  }
  if (widened.length > COLUMNS_MAX) return undefined;
  return widened.toSorted((one, other) => one.from - other.from);
}

interface Row {
  cells: PdfTextRun[][];
  y: number;
  fontSize: number;
}

function toTable({ lines, columns }: Candidate, rules: readonly PdfRule[]): FoundTable | undefined {
  const alignments = columns.map((column) => alignmentOf(lines, column));
  if (alignments.includes(undefined)) return undefined;
  const rows = joinRows(lines.map((line) => toRow(line, columns)));
  const texts = rows.map(({ cells }) => cells.map(cellText));
  const isLeftAligned = alignments.every((alignment) => alignment === 'left');
  if (!isTable(texts, { isRuled: isRuled(lines, rules), isLeftAligned })) return undefined;
  return {
    rows: texts,
    rowBoxes: rows.flatMap(({ cells }) => rowBox(cells) ?? []),
    columns: columns.map(({ from }) => from),
    segments: new Set(lines.flat()),
  };
}

function toRow(line: readonly PdfSegment[], columns: readonly Column[]): Row {
  const cells = columns.map(({ from, to }) =>
    line.filter(({ x, xEnd }) => x >= from && xEnd <= to).flatMap(({ runs }) => runs),
  );
  return { cells, y: line[0]?.y ?? 0, fontSize: line[0]?.fontSize ?? 0 };
}

/** Lines of a table as its rows: a line that goes on with the cells above it, and not with the first, is part of that row. */
function joinRows(lines: readonly Row[]): Row[] {
  const isNamed = ({ cells }: Row) => (cells[0]?.length ?? 0) > 0;
  const named = lines.filter(isNamed);
  const steps = named.slice(1).map((row, index) => row.y - (named[index]?.y ?? 0));
  const usual = quantile(steps, 0.5) ?? 0;
  const rows: Row[] = [];
  let previousY = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    const row = rows.at(-1);
    const texts = line.cells.map(cellText).filter((text) => text !== '');
    // Several figures are rows that share the name of the one above.
    const goesOn = line.y - previousY < 0.8 * usual && texts.filter(isFigure).length < 2;
    if (row !== undefined && rows.length > 1 && !isNamed(line) && (goesOn || texts.length === 1)) {
      row.cells = row.cells.map((cell, column) => [...cell, ...(line.cells[column] ?? [])]);
    } else rows.push({ ...line });
    previousY = line.y;
  }
  return rows;
}

/** How far (font sizes) edges may be apart that are meant to be one. */
const ALIGNMENT_TOLERANCE = 0.35;
const ALIGNED_SHARE_MIN = 0.7;

/** Where the cells of a column are flush; undefined when they are not. Its name may stand otherwise. */
function alignmentOf(
  lines: readonly (readonly PdfSegment[])[],
  { from, to }: Column,
): 'left' | 'right' | 'centre' | undefined {
  const cells = lines.slice(1).flatMap((line) => line.filter(({ x, xEnd }) => x >= from && xEnd <= to));
  const tolerance = ALIGNMENT_TOLERANCE * (cells[0]?.fontSize ?? 0);
  const isFlush = (edges: readonly number[]) => {
    const middle = quantile(edges, 0.5) ?? 0;
    const flush = edges.filter((edge) => Math.abs(edge - middle) <= tolerance);
    return edges.length >= 2 && flush.length >= ALIGNED_SHARE_MIN * edges.length;
  };
  if (isFlush(cells.map(({ x }) => x))) return 'left';
  if (isFlush(cells.map(({ xEnd }) => xEnd))) return 'right';
  return isFlush(cells.map(({ x, xEnd }) => (x + xEnd) / 2)) ? 'centre' : undefined;
}

/** The two edges of a line that is drawn as a box are no further apart (points). */
const HAIRLINE_MAX = 3;

/** Whether two lines at least are drawn across it, or right above and below. */
function isRuled(lines: readonly (readonly PdfSegment[])[], rules: readonly PdfRule[]): boolean {
  const all = lines.flat();
  const size = all[0]?.fontSize ?? 0;
  const [left, right] = widthOf(all);
  const [top, bottom] = extentOf(all, ({ y }) => y);
  const across = rules.filter(
    ({ isAcross, at, from, to }) =>
      isAcross &&
      at > top - 2.5 * size &&
      at < bottom + 2 * size &&
      Math.min(to, right) - Math.max(from, left) >= 0.8 * (right - left),
  );
  const [highest, lowest] = extentOf(across, ({ at }) => at);
  return lowest - highest > HAIRLINE_MAX;
}
