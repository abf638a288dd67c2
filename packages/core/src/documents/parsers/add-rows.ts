import type { CanonicalText } from '../canonical-text.ts';
import { chunkTokens } from '../chunk-document.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import { joinBoxes } from '../page-box.ts';
import type { PageBox } from '../parsed-document.ts';
import { cleanCells, formatRecord, formatRow, formatRule } from './format-table.ts';

type Row = readonly string[];

/** The page or slide, or the sheet, that a table is on. */
export interface TablePlace {
  page?: number | undefined;
  part?: string | undefined;
  /** Around each of its rows, where that is known; undefined for a header that stands on an earlier page. */
  rowBoxes?: readonly (PageBox | undefined)[] | undefined;
}

/**
 * Adds the rows of a sheet: each run of rows between empty ones is a table of its own, and what stands in a single cell
 * above one is its caption. Every page of a table carries its header, so that no passage holds cells without names.
 */
export function addRows(canonical: CanonicalText, rows: Iterable<Row>, place: TablePlace = {}): void {
  let run: Row[] = [];
  for (const row of rows) {
    if (row.some((cell) => cell.trim() !== '')) run.push(row);
    else {
      addRun(canonical, run, place);
      run = [];
    }
  }
  addRun(canonical, run, place);
}

function addRun(canonical: CanonicalText, run: readonly Row[], place: TablePlace): void {
  const first = run.findIndex((row) => filledCells(row).length > 1);
  const captions = first < 0 ? run : run.slice(0, first);
  for (const row of captions) canonical.add({ kind: 'paragraph', text: filledCells(row).join(' '), ...place });
  if (first >= 0) addTable(canonical, run.slice(first), place);
}

function filledCells(row: Row): string[] {
  return row.filter((cell) => cell.trim() !== '');
}

/**
 * Adds one table in groups of rows small enough for a passage, each under the header again. A row that would not fit into
 * one together with its header is told by itself, `column: value` line by line, so that no cell loses its name.
 */
export function addTable(
  canonical: CanonicalText,
  rows: readonly Row[],
  { rowBoxes = [], ...place }: TablePlace = {},
): void {
  const [header, ...body] = cleanCells(rows);
  if (header === undefined) return;
  const head = `${formatRow(header)}\n${formatRule(header)}`;
  const headTokens = estimateTokens(head);
  let group: string[] = [];
  let boxes: (PageBox | undefined)[] = [rowBoxes[0]];
  let tokens = headTokens;
  const end = () => {
    if (group.length > 0)
      canonical.add({ kind: 'table', text: [head, ...group].join('\n'), ...place, ...around(boxes) });
    group = [];
    boxes = [];
    tokens = headTokens;
  };
  for (const [index, cells] of body.entries()) {
    const line = formatRow(cells);
    const lineTokens = estimateTokens(line);
    const box = rowBoxes[index + 1];
    if (tokens + lineTokens > chunkTokens.target) end();
    if (headTokens + lineTokens > chunkTokens.target) {
      canonical.add({ kind: 'paragraph', text: formatRecord(header, cells), ...place, ...around([box]) });
      continue;
    }
    group.push(line);
    boxes.push(box);
    tokens += lineTokens;
  }
  end();
  if (body.length === 0) canonical.add({ kind: 'table', text: head, ...place, ...around([rowBoxes[0]]) });
}

/** The box around the rows of a group. */
function around(rowBoxes: readonly (PageBox | undefined)[]): { boxes?: PageBox[] } {
  const boxes = rowBoxes.filter((box) => box !== undefined);
  return boxes.length === 0 ? {} : { boxes: [boxes.reduce(joinBoxes)] };
}
