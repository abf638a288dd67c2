import { quantile } from '../../quantile.ts';
import { groupByLine, type PdfSegment, widthOf } from './pdf-segments.ts';

/** Text of a page that is read from its top to its end before anything beside it: a column, or all between columns. */
export type PdfArea = readonly PdfSegment[];

/** Columns have a few lines each at least. */
const LINES_MIN = 4;
/** The white between columns, in font sizes. */
const GUTTER_MIN = 0.8;
/** What is wider than this share of the page spans the columns. */
const SPANNING_SHARE = 0.6;
/** Of the narrow segments, those that may cross a gutter: a page number, a short title. */
const CROSSING_SHARE_MAX = 0.08;

/**
 * Parts a page into areas in reading order, cut at the white between columns of prose. What spans the columns ends the
 * columns above it. Within an area, segments keep the order in which the file draws them.
 */
export function splitColumns(segments: readonly PdfSegment[]): { areas: PdfArea[]; isInterleaved: boolean } {
  const gutter = findGutter(segments);
  if (gutter === undefined) return { areas: [segments], isInterleaved: false };
  const areas: PdfArea[] = [];
  let between: PdfSegment[] = [];
  let isInterleaved = false;
  for (const band of listBands(segments, gutter)) {
    const left = band.filter(({ x }) => x < gutter);
    const right = band.filter(({ x }) => x >= gutter);
    if (!isProse(left) || !isProse(right)) {
      between.push(...band);
      continue;
    }
    const columns = [splitColumns(left), splitColumns(right)];
    areas.push(between, ...columns.flatMap((column) => column.areas));
    between = [];
    isInterleaved ||= isDrawnAcross(band, gutter) || columns.some((column) => column.isInterleaved);
  }
  areas.push(between);
  return { areas: areas.filter(({ length }) => length > 0), isInterleaved };
}

/** Where fewest lines are in the way and most stand on either side. */
function findGutter(segments: readonly PdfSegment[]): number | undefined {
  if (segments.length < 2 * LINES_MIN) return undefined;
  const [left, right] = widthOf(segments);
  const narrow = segments.filter(({ x, xEnd }) => xEnd - x < SPANNING_SHARE * (right - left));
  const crossingMax = Math.max(1, Math.floor(CROSSING_SHARE_MAX * narrow.length));
  const sizes = narrow.map(({ fontSize }) => fontSize);
  const widthMin = GUTTER_MIN * (quantile(sizes, 0.5) ?? 0);
  const starts = narrow.map((one) => one.x).toSorted((one, other) => one - other);
  const ends = narrow.map((one) => one.xEnd).toSorted((one, other) => one - other);
  let [started, ended] = [0, 0];
  let best: { from: number; to: number; lines: number } | undefined;
  for (const { from, to } of listClearings(narrow, crossingMax)) {
    if (to - from < widthMin) continue;
    const x = (from + to) / 2;
    while ((starts[started] ?? x) < x) started += 1;
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) <= x) ended += 1;
    const lines = Math.min(ended, starts.length - started);
    if (lines >= LINES_MIN && lines > (best?.lines ?? 0)) best = { from, to, lines };
  }
  return best && emptiest(narrow, best);
}

/** The middle of the widest stretch of a clearing that fewest lines reach into; a page number between columns does not count. */
function emptiest(narrow: readonly PdfSegment[], { from, to }: { from: number; to: number }): number {
  const segments = narrow.filter(({ text }) => text.length >= LINE_CHARACTERS_MIN);
  const inside = segments.flatMap(({ x, xEnd }) => [x, xEnd]).filter((x) => x > from && x < to);
  const edges = [from, ...inside.toSorted((one, other) => one - other), to];
  const stretches = edges.slice(1).map((end, index) => {
    const start = edges[index] ?? from;
    const middle = (start + end) / 2;
    const covering = segments.filter(({ x, xEnd }) => x < middle && xEnd > middle).length;
    return { middle, width: end - start, covering };
  });
  const isBetter = (one: (typeof stretches)[number], other: (typeof stretches)[number]) =>
    one.covering < other.covering || (one.covering === other.covering && one.width > other.width);
  return stretches.filter(({ width }) => width > 0).reduce((best, one) => (isBetter(one, best) ? one : best)).middle;
}

/** The stretches across the page, from the left, that no more than `crossingMax` segments cover. */
function listClearings(segments: readonly PdfSegment[], crossingMax: number): { from: number; to: number }[] {
  const edges = segments
    .flatMap(({ x, xEnd }) => [
      { x, step: 1 },
      { x: xEnd, step: -1 },
    ])
    .toSorted((one, other) => one.x - other.x || other.step - one.step);
  const clearings: { from: number; to: number }[] = [];
  let covering = 0;
  let from: number | undefined;
  for (const { x, step } of edges) {
    const wasClear = covering <= crossingMax;
    covering += step;
    const isClear = covering <= crossingMax;
    if (wasClear && !isClear && from !== undefined) clearings.push({ from, to: x });
    if (!wasClear && isClear) from = x;
  }
  return clearings;
}

/** White from side to side that is higher than this, in font sizes, parts what is printed in the margins from the columns. */
const STRIPE_MIN = 4;

/** Runs of lines from the top, cut at white stripes and where a segment lies across the gutter; such lines are bands of their own. */
function listBands(segments: readonly PdfSegment[], gutter: number): PdfSegment[][] {
  const bands: PdfSegment[][] = [];
  let wasCrossing = true;
  let lastY = Number.NEGATIVE_INFINITY;
  for (const line of groupByLine(segments)) {
    const isCrossing = line.some(({ x, xEnd }) => x < gutter && xEnd > gutter) || isRow(line);
    const band = bands.at(-1);
    const [first] = line;
    const isBelowStripe = first !== undefined && first.y - lastY > STRIPE_MIN * first.fontSize;
    if (band === undefined || isCrossing || wasCrossing || isBelowStripe) bands.push([...line]);
    else band.push(...line);
    wasCrossing = isCrossing;
    lastY = first?.y ?? lastY;
  }
  return bands.map((band) => band.toSorted((one, other) => one.order - other.order));
}

/** A row of a table that lies between prose in columns. */
function isRow(line: readonly PdfSegment[]): boolean {
  return line.length >= 3 && line.every(({ text }) => text.length < LINE_CHARACTERS_MIN);
}

/** Lines of prose reach across their column, but for the last of a paragraph; cells of a table do not. */
const FILLED_SHARE_MIN = 0.6;
const LINE_CHARACTERS_MIN = 18;

function isProse(segments: readonly PdfSegment[]): boolean {
  const lines = groupByLine(segments);
  if (lines.length < LINES_MIN) return false;
  const [left, right] = widthOf(segments);
  const isFull = (line: readonly PdfSegment[]) =>
    line.reduce((sum, { x, xEnd }) => sum + xEnd - x, 0) >= FILLED_SHARE_MIN * (right - left);
  const characters = segments.reduce((sum, { text }) => sum + text.length, 0);
  return lines.filter(isFull).length >= 0.5 * lines.length && characters >= LINE_CHARACTERS_MIN * lines.length;
}

/** Whether the file draws line by line across both columns, or goes back to end the first; else it draws one after the other. */
function isDrawnAcross(band: readonly PdfSegment[], gutter: number): boolean {
  const changes = band.filter(({ x }, index) => index > 0 && x < gutter !== (band[index - 1]?.x ?? 0) < gutter);
  const right = band.filter(({ x }) => x >= gutter).length;
  // Thrice is two articles, one below the other, each in both columns.
  return changes.length === 2 || changes.length > Math.max(3, 0.5 * Math.min(right, band.length - right));
}
