import type { PdfLine } from './pdf-lines.ts';

/** A line, and the area of the page (from 0) that it stands in; undefined for one that is set at another angle. */
export interface PlacedLine {
  line: PdfLine;
  area: number | undefined;
}

/** Drawings have more; their labels have no order. */
const LINES_MAX = 1500;
/** Lines are above one another when they are so far apart, in font sizes: raised and lowered marks are not. */
const STEP_MIN = 0.6;
/** And when they share so much of the narrower one's width: a line may reach a little into the next column. */
const SHARED_MIN = 0.5;

/**
 * Puts what stands above other text of its area before it, however late the file draws it. Where a page has columns, what stands above all
 * of them and is drawn behind them goes to the front, and what stands below and is drawn before them to the end. Everything
 * else keeps its order: lines side by side, and areas side by side.
 */
export function orderLines(lines: readonly PlacedLine[], areaCount: number): PdfLine[] {
  const ordered = lines.length > LINES_MAX ? [...lines] : orderDownwards(lines);
  return (areaCount < 2 ? ordered : putAround(ordered, areaCount)).map(({ line }) => line);
}

function putAround(lines: readonly PlacedLine[], areaCount: number): PlacedLine[] {
  const [head, foot] = [0, areaCount - 1].map((area) => (isApart(lines, area) ? area : undefined));
  const isBody = ({ area }: PlacedLine) => area !== undefined && area !== head && area !== foot;
  const [start, end] = [lines.findIndex(isBody), lines.findLastIndex(isBody)];
  if (start < 0) return [...lines];
  const before = lines.slice(0, start);
  const after = lines.slice(end + 1);
  const isFoot = ({ area }: PlacedLine) => area !== undefined && area === foot;
  const isHead = ({ area }: PlacedLine) => area !== undefined && area === head;
  return [
    ...after.filter(isHead),
    ...before.filter((one) => !isFoot(one)),
    ...lines.slice(start, end + 1),
    ...after.filter((one) => !isHead(one)),
    ...before.filter(isFoot),
  ];
}

function orderDownwards(lines: readonly PlacedLine[]): PlacedLine[] {
  const ordered: PlacedLine[] = [];
  const placed = new Set<PlacedLine>();
  const place = (one: PlacedLine, from: number) => {
    if (placed.has(one)) return;
    placed.add(one);
    for (let index = from; index < lines.length; index += 1) {
      const other = lines[index];
      if (other !== undefined && !placed.has(other) && isAbove(other, one)) place(other, from);
    }
    ordered.push(one);
  };
  for (const [index, one] of lines.entries()) place(one, index + 1);
  return ordered;
}

function isAbove(one: PlacedLine, other: PlacedLine): boolean {
  if (one.area === undefined || one.area !== other.area) return false;
  const size = Math.max(one.line.fontSize, other.line.fontSize);
  if (other.line.y - one.line.yEnd <= STEP_MIN * size) return false;
  const shared = Math.min(one.line.xEnd, other.line.xEnd) - Math.max(one.line.x, other.line.x);
  return shared > SHARED_MIN * Math.min(one.line.xEnd - one.line.x, other.line.xEnd - other.line.x);
}

/** Whether an area lies above or below all others. */
function isApart(lines: readonly PlacedLine[], area: number): boolean {
  const inside = lines.filter((one) => one.area === area).map(({ line }) => line);
  const others = lines.filter((one) => one.area !== undefined && one.area !== area).map(({ line }) => line);
  const isBefore = (above: readonly PdfLine[], below: readonly PdfLine[]) =>
    above.every(({ yEnd }) => below.every(({ y }) => yEnd < y));
  return isBefore(inside, others) || isBefore(others, inside);
}
