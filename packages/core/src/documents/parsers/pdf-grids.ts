import { extentOf } from './extent-of.ts';
import type { PdfRule } from './pdf-rules.ts';

/** The lines of a ruled table: `columns` from the left and `rows` from the top, outer lines included. */
export interface PdfGrid {
  columns: number[];
  rows: number[];
}

/** Lines this close (points) touch, or are one. */
const TOLERANCE = 2.5;
/** An inner line runs along so much of the table; a shorter one is of merged cells or of a drawing. */
const LENGTH_SHARE_MIN = 0.5;

/** Finds where lines across and down the page meet in two columns at least; in one row, where another piece of the table goes on. */
export function findGrids(rules: readonly PdfRule[]): PdfGrid[] {
  return listCrossing(rules).flatMap((group) => toGrid(group) ?? []);
}

function toGrid(rules: readonly PdfRule[]): PdfGrid | undefined {
  const columns = withEnds(positionsOf(rules, false), rules, true);
  const rows = withEnds(positionsOf(rules, true), rules, false);
  return columns.length >= 3 && rows.length >= 2 ? { columns, rows } : undefined;
}

/** Many tables are open at their sides: there, the lines of the other direction end. */
function withEnds(positions: readonly number[], rules: readonly PdfRule[], isAcross: boolean): number[] {
  const crossing = rules.filter((rule) => rule.isAcross === isAcross);
  const [from, to] = reachOf(crossing);
  const [first, last] = [positions[0] ?? to, positions.at(-1) ?? from];
  return [...(from < first - 2 * TOLERANCE ? [from] : []), ...positions, ...(to > last + 2 * TOLERANCE ? [to] : [])];
}

/** Where the lines of one direction lie, those left out that run along too little of the table. */
function positionsOf(rules: readonly PdfRule[], isAcross: boolean): number[] {
  const wanted = rules.filter((rule) => rule.isAcross === isAcross).toSorted((one, other) => one.at - other.at);
  const [from, to] = reachOf(wanted);
  const lines: PdfRule[][] = [];
  for (const rule of wanted) {
    const line = lines.at(-1);
    if (line?.[0] !== undefined && rule.at - line[0].at <= TOLERANCE) line.push(rule);
    else lines.push([rule]);
  }
  return lines
    .filter((line) => coveredLength(line) >= LENGTH_SHARE_MIN * (to - from))
    .map((line) => line.reduce((sum, { at }) => sum + at, 0) / line.length);
}

function reachOf(rules: readonly PdfRule[]): [from: number, to: number] {
  return extentOf(
    rules,
    (rule) => rule.from,
    (rule) => rule.to,
  );
}

/** The cells' own edges overlap, and a line may be drawn twice. */
function coveredLength(line: readonly PdfRule[]): number {
  let length = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to } of line.toSorted((one, other) => one.from - other.from)) {
    length += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return length;
}

/** Groups of lines that touch or cross one another. */
function listCrossing(rules: readonly PdfRule[]): PdfRule[][] {
  const groups: PdfRule[][] = [];
  const open = new Set(rules.filter(({ isAcross }) => !isAcross));
  const openAcross = new Set(rules.filter(({ isAcross }) => isAcross));
  for (const first of open) {
    const group: PdfRule[] = [];
    const waiting = [first];
    open.delete(first);
    for (let rule = waiting.pop(); rule !== undefined; rule = waiting.pop()) {
      group.push(rule);
      const others = rule.isAcross ? open : openAcross;
      for (const other of others) {
        if (!touches(rule, other)) continue;
        others.delete(other);
        waiting.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Of one across and one down. */
function touches(one: PdfRule, other: PdfRule): boolean {
  const reaches = (rule: PdfRule, at: number) => at >= rule.from - TOLERANCE && at <= rule.to + TOLERANCE;
  return reaches(one, other.at) && reaches(other, one.at);
}
