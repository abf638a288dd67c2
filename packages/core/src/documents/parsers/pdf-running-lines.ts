import { commonest } from './commonest.ts';
import type { PdfLine } from './pdf-lines.ts';
import { outlineKey } from './pdf-outline.ts';
import { namesOfLine, numbersPage } from './pdf-page-numbers.ts';

/** Running heads and feet stand in this share of a page's height, at its top or its bottom, in so many rows at most. */
const MARGIN_SHARE = 0.2;
const ROWS_MAX = 4;
/** What stands at the same place on so many pages is printed there by a program; a number that names itself a page's on two. */
const PAGES_MIN = 3;
/** A chapter's title stands on every other page of the chapter. */
const PAGES_SHARE_MIN = 1 / 3;
/** A large line is a title, unless so many of all pages have it: slides that go on under the title of the one before. */
const LARGE_RATIO = 1.15;
const LARGE_SHARE_MIN = 0.5;
/** Points by which the same place may differ. */
const PLACE_TOLERANCE = 3;

interface Candidate {
  line: PdfLine;
  /** The same on all pages that have it. */
  key: string;
  /** What of it is no page number. */
  words: string;
  isTop: boolean;
  /** From the edge of the page. */
  row: number;
}

/**
 * Drops what is printed at the same place in the margins of several pages: page numbers, titles, names. Words are kept once, where they
 * first stand, unless they stand elsewhere in the text as well.
 * @param heights of pages, in points, by number.
 */
export function dropRunningLines(lines: readonly PdfLine[], heights: ReadonlyMap<number, number>): PdfLine[] {
  if (heights.size < 2) return [...lines];
  const candidates = [...Map.groupBy(lines, ({ page }) => page)].flatMap(([page, onPage]) =>
    listCandidates(onPage, heights.get(page) ?? 0),
  );
  const running = onlyFromTheEdge(candidates, listRepeated(candidates, lines, heights.size));
  if (running.size === 0) return [...lines];
  const told = new Set(lines.filter((line) => !running.has(line)).map(({ text }) => outlineKey(text)));
  return lines.flatMap((line) => {
    const candidate = running.get(line);
    if (candidate === undefined) return line;
    const key = outlineKey(candidate.words);
    if (key === '' || told.has(key)) return [];
    told.add(key);
    return { ...line, text: candidate.words, isApart: true };
  });
}

/** The rows at both ends of a page, from its edges inwards. */
function listCandidates(lines: readonly PdfLine[], height: number): Candidate[] {
  const rows: PdfLine[][] = [];
  for (const line of lines.toSorted((one, other) => one.box.y - other.box.y)) {
    const first = rows.at(-1)?.[0];
    if (first !== undefined && line.box.y - first.box.y < 0.5 * line.fontSize) rows.at(-1)?.push(line);
    else rows.push([line]);
  }
  const toCandidates = (isTop: boolean) => (row: readonly PdfLine[], index: number) =>
    row.flatMap((line) => {
      const { y } = line.box;
      const isInMargin = isTop ? y < MARGIN_SHARE * height : y + line.box.height > (1 - MARGIN_SHARE) * height;
      if (!isInMargin || line.table !== undefined) return [];
      return namesOfLine(line).map((name) => ({ line, ...name, isTop, row: index }));
    });
  const top = rows.slice(0, ROWS_MAX).flatMap(toCandidates(true));
  return [...top, ...rows.slice(-ROWS_MAX).toReversed().flatMap(toCandidates(false))];
}

/** Those that are the same on enough pages. */
function listRepeated(candidates: readonly Candidate[], lines: readonly PdfLine[], pageCount: number): Set<Candidate> {
  const bodySize = commonest(lines, ({ fontSize }) => Math.round(fontSize * 2) / 2);
  const repeated = new Set<Candidate>();
  for (const alike of Map.groupBy(candidates, ({ key, isTop }) => `${isTop} ${key}`).values()) {
    for (const group of groupByPlace(alike)) {
      const pages = new Set(group.map(({ line }) => line.page));
      const reach = Math.max(...pages) - Math.min(...pages) + 1;
      const isLarge = group.every(({ line }) => line.fontSize >= LARGE_RATIO * bodySize);
      const share = isLarge ? LARGE_SHARE_MIN * pageCount : PAGES_SHARE_MIN * reach;
      const least = group.every(({ line }) => numbersPage(line)) ? 2 : PAGES_MIN;
      if (pages.size >= Math.max(least, share)) for (const one of group) repeated.add(one);
    }
  }
  return repeated;
}

function groupByPlace(candidates: readonly Candidate[]): Candidate[][] {
  const groups: Candidate[][] = [];
  for (const one of candidates.toSorted((first, second) => first.line.box.y - second.line.box.y)) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && one.line.box.y - last.line.box.y <= PLACE_TOLERANCE) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Further in than a row that is the page's own, nothing is a running head. */
function onlyFromTheEdge(candidates: readonly Candidate[], repeated: ReadonlySet<Candidate>): Map<PdfLine, Candidate> {
  const running = new Map<PdfLine, Candidate>();
  const ends = Map.groupBy(candidates, ({ line, isTop }) => `${line.page} ${isTop}`).values();
  for (const end of ends) {
    for (let row = 0; row < ROWS_MAX; row += 1) {
      const inRow = end.filter((one) => one.row === row && repeated.has(one));
      if (inRow.length === 0) break;
      for (const one of inRow) running.set(one.line, one);
    }
  }
  return running;
}
