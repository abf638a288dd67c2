import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { extentOf } from './extent-of.ts';
import type { PdfPage } from './open-pdf.ts';
import { listPdfOperators } from './pdf-operators.ts';
import { uprightMatrix } from './pdf-text-runs.ts';

/** A straight line drawn across or down a page, in the coordinates of text runs (points). */
export interface PdfRule {
  isAcross: boolean;
  /** The height it lies at when it runs across, else how far from the left. */
  at: number;
  from: number;
  to: number;
}

/** Thicker is a bar; many programs draw a line as a rectangle. */
const THICKNESS_MAX = 3;
const LENGTH_MIN = 5;
/** Maps and drawings have lines in tens of thousands, and no tables. */
const RULES_MAX = 4000;

const fills: ReadonlySet<unknown> = new Set([OPS.fill, OPS.eoFill]);
/** Those that also fill included: the edges tell of both. */
const strokes: ReadonlySet<unknown> = new Set([
  OPS.stroke,
  OPS.closeStroke,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);

interface Point {
  x: number;
  y: number;
}

/** Finds the straight lines of a page, along its text and across it. @param angle of the text, in radians. */
export async function readRules(page: PdfPage, angle: number): Promise<PdfRule[]> {
  const rules: PdfRule[] = [];
  const upright = uprightMatrix(angle);
  for (const { operator, args, matrix } of await listPdfOperators(page)) {
    if (operator !== OPS.constructPath) continue;
    for (const polygon of listPolygons(args[1], Util.transform(upright, matrix))) {
      for (const rule of listRules(args[0], polygon)) rules.push(rule);
      if (rules.length > RULES_MAX) return [];
    }
  }
  return rules;
}

/** The kinds of strokes in a path, each followed by that many numbers; the order is that of pdf.js. */
const numbersByKind = [2, 2, 6, 4, 0];
const CLOSE = 4;

/** The corners of each part of a path; curves count as straight. */
function* listPolygons(data: unknown, matrix: readonly number[]): Generator<Point[]> {
  const path: unknown = Array.isArray(data) ? data[0] : undefined;
  if (!(path instanceof Float32Array)) return;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  let polygon: Point[] = [];
  for (let at = 0; at < path.length; ) {
    const kind = path[at] ?? CLOSE;
    const numbers = numbersByKind[kind];
    if (numbers === undefined) return;
    if (kind === 0 && polygon.length > 0) {
      yield polygon;
      polygon = [];
    }
    if (kind === CLOSE) {
      if (polygon[0] !== undefined) polygon.push(polygon[0]);
    } else {
      const [x, y] = [path[at + numbers - 1] ?? 0, path[at + numbers] ?? 0];
      polygon.push({ x: a * x + c * y + e, y: b * x + d * y + f });
    }
    at += 1 + numbers;
  }
  if (polygon.length > 0) yield polygon;
}

/** The edges of what is drawn as a line; what is filled as one line, where it is as thin as one. */
function listRules(painting: unknown, polygon: readonly Point[]): PdfRule[] {
  if (strokes.has(painting)) return edgesOf(polygon);
  const bar = fills.has(painting) ? toRule(polygon) : undefined;
  return bar === undefined ? [] : [bar];
}

function edgesOf(polygon: readonly Point[]): PdfRule[] {
  return polygon.slice(1).flatMap((point, index) => toRule([polygon[index] ?? point, point]) ?? []);
}

function toRule(points: readonly Point[]): PdfRule | undefined {
  const [left, right] = extentOf(points, ({ x }) => x);
  const [top, bottom] = extentOf(points, ({ y }) => y);
  if (bottom - top <= THICKNESS_MAX && right - left >= LENGTH_MIN) {
    return { isAcross: true, at: (top + bottom) / 2, from: left, to: right };
  }
  if (right - left <= THICKNESS_MAX && bottom - top >= LENGTH_MIN) {
    return { isAcross: false, at: (left + right) / 2, from: top, to: bottom };
  }
  return undefined;
}
