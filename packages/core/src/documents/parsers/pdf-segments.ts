import { extentOf } from './extent-of.ts';
import type { PdfTableCells } from './pdf-table-cells.ts';
import {
  boxAround,
  isSameBaseline,
  joinTextRuns,
  type PdfTextItem,
  type PdfTextRun,
  placeTextRun,
  type RunContext,
} from './pdf-text-runs.ts';

/** A stretch of a line without a gap in it that may part columns: a whole line of prose, a cell of a table. */
export interface PdfSegment extends PdfTextRun {
  runs: PdfTextRun[];
  /** Its place in the order in which the file draws. */
  order: number;
  /** The file says that the line ends here. */
  endsLine: boolean;
  /** It stands for a table, which takes its whole height from here on. */
  table?: PdfTableCells;
  /** The baseline of a table's last row. */
  yEnd?: number;
}

/** Wider than a space of justified text, in font sizes; the columns of tables are mostly further apart. */
const GAP_MIN = 1;

/** Joins runs in the order in which the file draws them, which within a line is the order of reading. */
export function joinSegments(items: readonly PdfTextItem[], context: RunContext): PdfSegment[] {
  const segments: PdfSegment[] = [];
  let open: PdfTextRun[] = [];
  let last: PdfTextRun | undefined;
  const close = (endsLine: boolean) => {
    const segment = toSegment(open, segments.length, endsLine);
    if (segment !== undefined) segments.push(segment);
    else {
      const before = segments.at(-1);
      if (endsLine && before !== undefined) before.endsLine = true;
    }
    open = [];
    last = undefined;
  };
  const add = (run: PdfTextRun) => {
    const isBlank = run.text.trim() === '';
    // A gap is told of as a space as wide as itself.
    if (!isBlank && last !== undefined && !isNext(last, run)) close(false);
    open.push(run);
    if (!isBlank) last = run;
  };
  for (const item of items) {
    if (item.str !== '') {
      const run = withoutDrawnAgain(placeTextRun(item, context), open.slice(-DRAWN_AGAIN_MAX));
      if (run !== undefined) add(run);
    }
    if (item.hasEOL) close(true);
  }
  close(true);
  return segments;
}

/** What is drawn again follows what it lies on soon. */
const DRAWN_AGAIN_MAX = 6;

/** Text that is drawn twice or more, hardly shifted, looks bold. What goes on behind that is new. */
function withoutDrawnAgain(run: PdfTextRun, before: readonly PdfTextRun[]): PdfTextRun | undefined {
  const isAt = (place: number, other: number) => Math.abs(place - other) < 0.2 * run.fontSize;
  for (const drawn of before) {
    if (drawn.text.trim() === '' || !isSameBaseline(drawn, run) || !overlaps(drawn, run)) continue;
    const isOnIt = isAt(run.x, drawn.x) || isAt(run.xEnd, drawn.xEnd);
    if (isOnIt && run.xEnd - drawn.xEnd < 0.2 * run.fontSize && drawn.text.includes(run.text)) return undefined;
    if (isAt(run.x, drawn.x) && run.text.startsWith(drawn.text)) {
      return { ...run, text: run.text.slice(drawn.text.length), x: drawn.xEnd };
    }
  }
  return run;
}

/** Narrow letters end so near to each other that the ends alone would take an `l` behind an `l` for the same. */
function overlaps(one: PdfTextRun, other: PdfTextRun): boolean {
  const shared = Math.min(one.xEnd, other.xEnd) - Math.max(one.x, other.x);
  return shared >= 0.3 * Math.min(one.xEnd - one.x, other.xEnd - other.x);
}

function isNext(last: PdfTextRun, next: PdfTextRun): boolean {
  const size = Math.max(last.fontSize, next.fontSize);
  const gap = next.x - last.xEnd;
  return isSameBaseline(last, next) && gap < GAP_MIN * size && next.x > last.x - size;
}

/** The stretches of a segment between those of its runs that a cut goes before. */
export function cutSegment(segment: PdfSegment, isCut: (before: PdfTextRun, run: PdfTextRun) => boolean): PdfSegment[] {
  const stretches: PdfTextRun[][] = [];
  let last: PdfTextRun | undefined;
  for (const run of segment.runs) {
    if (last === undefined || (isVisible(run) && isCut(last, run))) stretches.push([]);
    stretches.at(-1)?.push(run);
    if (last === undefined || isVisible(run)) last = run;
  }
  if (stretches.length < 2) return [segment];
  return stretches.flatMap((runs, index) => {
    const endsLine = segment.endsLine && index === stretches.length - 1;
    return toSegment(runs, segment.order, endsLine) ?? [];
  });
}

function toSegment(open: readonly PdfTextRun[], order: number, endsLine: boolean): PdfSegment | undefined {
  const first = open.findIndex(isVisible);
  if (first < 0) return undefined;
  const runs = open.slice(first, open.findLastIndex(isVisible) + 1);
  const longest = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best));
  const [x, xEnd] = widthOf(runs);
  return {
    runs,
    text: joinTextRuns(runs),
    fontSize: longest.fontSize,
    isBold: runs.filter(isVisible).every(({ isBold }) => isBold),
    angle: longest.angle,
    x,
    xEnd,
    y: longest.y,
    box: boxAround(runs),
    order,
    endsLine,
  };
}

/** Where the leftmost begins and the rightmost ends. */
export function widthOf(runs: readonly PdfTextRun[]): [x: number, xEnd: number] {
  return extentOf(
    runs,
    ({ x }) => x,
    ({ xEnd }) => xEnd,
  );
}

function isVisible({ text }: PdfTextRun): boolean {
  return text.trim() !== '';
}

/** Segments that stand on one line, line by line from the top; within a line from the left. */
export function groupByLine(segments: readonly PdfSegment[]): PdfSegment[][] {
  const lines: PdfSegment[][] = [];
  for (const segment of segments.toSorted((one, other) => one.y - other.y)) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line !== undefined && first !== undefined && isSameBaseline(first, segment)) line.push(segment);
    else lines.push([segment]);
  }
  return lines.map((line) => line.toSorted((one, other) => one.x - other.x));
}
