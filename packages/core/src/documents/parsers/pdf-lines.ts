import type { PageBox } from '../parsed-document.ts';
import { commonest } from './commonest.ts';
import { findAlignedTables } from './pdf-aligned-tables.ts';
import { splitColumns } from './pdf-columns.ts';
import { orderLines } from './pdf-reading-order.ts';
import { findRuledTables } from './pdf-ruled-tables.ts';
import type { PdfRule } from './pdf-rules.ts';
import { type PdfSegment, widthOf } from './pdf-segments.ts';
import { type PdfTableCells, replaceTables } from './pdf-table-cells.ts';
import { replaceTaggedTables } from './pdf-tagged-tables.ts';
import { commonTag, type PdfTag } from './pdf-tags.ts';
import { boxAround, isSameBaseline, joinTextRuns } from './pdf-text-runs.ts';

/** One line of a page, in reading direction: x grows along the line, y grows down the page (points). */
export interface PdfLine {
  text: string;
  /** What the text is made of, cut where wide gaps are. */
  pieces: string[];
  page: number;
  fontSize: number;
  isBold: boolean;
  /** Of the baseline, in whole degrees. */
  angle: number;
  x: number;
  xEnd: number;
  y: number;
  /** The baseline of its last row, where it is a table; else that of the line. */
  yEnd: number;
  /** On the page as it is displayed. */
  box: PageBox;
  /** It belongs to no text above or below it. */
  isApart?: boolean;
  /** A table is one line, with the text of all its cells. */
  table?: PdfTableCells;
  /** What a tagged file says of all of it. */
  tag?: PdfTag;
}

/**
 * Joins segments into lines in the order the file draws them, but for what stands above what is drawn before it: where the file
 * draws line by line across columns of prose, each column is read by itself. A line never runs on into the next column. What is set at another angle, as a watermark is, belongs to no table and to no column.
 * @param angle of most of the page's text, in radians.
 * @param rules undefined when no tables are looked for.
 */
export function joinLines(
  segments: readonly PdfSegment[],
  page: number,
  angle: number,
  rules: readonly PdfRule[] | undefined,
): PdfLine[] {
  const isUpright = (segment: PdfSegment) => Math.abs(segment.angle - angle) < 0.05;
  const upright = segments.filter(isUpright);
  const withTagged = rules === undefined ? upright : replaceTaggedTables(upright);
  const found = rules === undefined ? [] : findRuledTables(withTagged.filter(isNoTable), rules);
  const { areas, isInterleaved } = splitColumns(replaceTables(withTagged, found));
  const withTables = areas.map((area) =>
    rules === undefined ? area : replaceTables(area, findAlignedTables(area, rules)),
  );
  const areaOf = new Map(withTables.flatMap((area, index) => area.map((segment) => [segment, index] as const)));
  const turned = segments.filter((segment) => !isUpright(segment));
  const all = [...withTables.flat(), ...turned];
  const ordered = isInterleaved ? all : all.toSorted((one, other) => one.order - other.order);
  const lines = listLines(ordered, areaOf).map((line) => ({ area: areaOf.get(line[0]), line: toLine(line, page) }));
  return orderLines(lines, withTables.length);
}

function isNoTable({ table }: PdfSegment): boolean {
  return table === undefined;
}

function listLines(
  segments: readonly PdfSegment[],
  areaOf: ReadonlyMap<PdfSegment, number>,
): (readonly [PdfSegment, ...PdfSegment[]])[] {
  const lines: [PdfSegment, ...PdfSegment[]][] = [];
  let last: PdfSegment | undefined;
  for (const segment of segments) {
    const isSameLine =
      last !== undefined &&
      !last.endsLine &&
      segment.table === undefined &&
      areaOf.get(last) === areaOf.get(segment) &&
      isSameBaseline(last.runs.at(-1) ?? last, segment.runs[0] ?? segment);
    if (isSameLine) lines.at(-1)?.push(segment);
    else lines.push([segment]);
    last = segment;
  }
  return lines;
}

function toLine(segments: readonly [PdfSegment, ...PdfSegment[]], page: number): PdfLine {
  const [first] = segments;
  const longest = segments.reduce((best, segment) => (segment.text.length > best.text.length ? segment : best));
  const [x, xEnd] = widthOf(segments);
  const tag = commonTag(segments.flatMap(({ runs }) => runs));
  return {
    text: first.table === undefined ? joinTextRuns(segments.flatMap(({ runs }) => runs)) : first.text,
    pieces: segments.map(({ text }) => text),
    page,
    fontSize: longest.fontSize,
    isBold: segments.every(({ isBold }) => isBold),
    angle: Math.round((first.angle * 180) / Math.PI),
    x,
    xEnd,
    y: longest.y,
    yEnd: longest.yEnd ?? longest.y,
    box: boxAround(segments),
    ...(first.table !== undefined && { table: first.table }),
    ...(tag !== undefined && { tag }),
  };
}

/** Of most of the text, in radians. */
export function commonestAngle(segments: readonly PdfSegment[]): number {
  return commonest(segments, ({ angle }) => angle);
}

/**
 * Whether the file draws text beside or above what it drew before as often as cells of tables make it do, or says that it has
 * some. Columns of prose do so once a page.
 */
export function mayHoldTables(segments: readonly PdfSegment[]): boolean {
  const moves = segments.filter((segment, index) => {
    const before = segments[index - 1];
    return before !== undefined && segment.x > before.xEnd && segment.y <= before.y + 0.5 * segment.fontSize;
  });
  return moves.length >= 3 || segments.some(({ runs }) => runs.some(({ tag }) => tag?.cell !== undefined));
}
