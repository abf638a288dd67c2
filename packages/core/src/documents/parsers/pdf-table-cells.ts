import type { PageBox } from '../parsed-document.ts';
import { extentOf } from './extent-of.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import { type PdfSegment, widthOf } from './pdf-segments.ts';
import { boxAround, isSameBaseline, joinTextRuns, type PdfTextRun } from './pdf-text-runs.ts';

/** A table that was found on a page. */
export interface PdfTableCells {
  rows: string[][];
  /** Around each row, on the page as it is displayed; undefined for a header that stands on an earlier page. */
  rowBoxes: (PageBox | undefined)[];
  /** Where its columns begin, in the coordinates of text runs (points). */
  columns: number[];
  /** The file says that it began on an earlier page. */
  goesOn?: boolean;
}

export interface FoundTable extends PdfTableCells {
  /** What it is made of. */
  segments: ReadonlySet<PdfSegment>;
}

/** The text of a cell: its lines joined. Runs are in the order in which the file draws them. */
export function cellText(runs: readonly PdfTextRun[]): string {
  const lines: PdfTextRun[][] = [];
  for (const run of runs) {
    const last = lines.at(-1)?.at(-1);
    if (last !== undefined && isSameBaseline(last, run)) lines.at(-1)?.push(run);
    else lines.push([run]);
  }
  return joinWrappedLines(lines.map(joinTextRuns).filter((line) => line !== ''));
}

/** The box around the runs of a row; undefined when it is empty. */
export function rowBox(cells: readonly (readonly PdfTextRun[])[]): PageBox | undefined {
  const runs = cells.flat();
  return runs.length === 0 ? undefined : boxAround(runs);
}

/** Puts one segment in place of those that make up each table, where the first of them stands. */
export function replaceTables(segments: readonly PdfSegment[], tables: readonly FoundTable[]): PdfSegment[] {
  if (tables.length === 0) return [...segments];
  const placed = new Set<FoundTable>();
  return segments.flatMap((segment) => {
    const table = tables.find((one) => one.segments.has(segment));
    if (table === undefined) return segment;
    if (placed.has(table)) return [];
    placed.add(table);
    return toSegment(table, segment);
  });
}

function toSegment({ segments, ...table }: FoundTable, { angle, fontSize, order }: PdfSegment): PdfSegment {
  const all = [...segments];
  const [x, xEnd] = widthOf(all);
  const [y, yEnd] = extentOf(all, (segment) => segment.y);
  return {
    runs: [],
    text: table.rows.map((row) => row.join(' ')).join('\n'),
    fontSize,
    isBold: false,
    angle,
    x,
    xEnd,
    y,
    yEnd,
    box: boxAround(all),
    order,
    endsLine: true,
    table,
  };
}
