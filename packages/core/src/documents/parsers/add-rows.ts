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

/** What stands in a row of which only one cell is filled. */
export function captionOf(row: Row): string {
  return filledCells(row).join(' ');
}

/** A row of a table, and no caption above one. */
export function isTableRow(row: Row): boolean {
  return filledCells(row).length > 1;
}

function addRun(canonical: CanonicalText, run: readonly Row[], place: TablePlace): void {
  const first = run.findIndex(isTableRow);
  const captions = first < 0 ? run : run.slice(0, first);
  for (const row of captions) canonical.add({ kind: 'paragraph', text: captionOf(row), ...place });
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
  const table = openTable(canonical, header, { ...place, headerBox: rowBoxes[0] });
  for (const [index, cells] of body.entries()) table.add(cells, rowBoxes[index + 1]);
  table.end();
}

/** A table that is added row by row, as `addTable` does: cells are clean, and as many as the header has. */
export interface OpenTable {
  add(cells: Row, box?: PageBox): void;
  end(): void;
}

export function openTable(
  canonical: CanonicalText,
  header: Row,
  { headerBox, ...place }: Omit<TablePlace, 'rowBoxes'> & { headerBox?: PageBox | undefined } = {},
): OpenTable {
  const head = `${formatRow(header)}\n${formatRule(header)}`;
  const headTokens = estimateTokens(head);
  let isEmpty = true;
  let group: string[] = [];
  let boxes: (PageBox | undefined)[] = [headerBox];
  let tokens = headTokens;
  const endGroup = () => {
    if (group.length > 0)
      canonical.add({ kind: 'table', text: [head, ...group].join('\n'), ...place, ...around(boxes) });
    group = [];
    boxes = [];
    tokens = headTokens;
  };
  return {
    add(cells, box) {
      isEmpty = false;
      const line = formatRow(cells);
      const lineTokens = estimateTokens(line);
      if (tokens + lineTokens > chunkTokens.target) endGroup();
      if (headTokens + lineTokens > chunkTokens.target) {
        canonical.add({ kind: 'paragraph', text: formatRecord(header, cells), ...place, ...around([box]) });
        return;
      }
      group.push(line);
      boxes.push(box);
      tokens += lineTokens;
    },
    end() {
      endGroup();
      if (isEmpty) canonical.add({ kind: 'table', text: head, ...place, ...around([headerBox]) });
    },
  };
}

/** The box around the rows of a group. */
function around(rowBoxes: readonly (PageBox | undefined)[]): { boxes?: PageBox[] } {
  const boxes = rowBoxes.filter((box) => box !== undefined);
  return boxes.length === 0 ? {} : { boxes: [boxes.reduce(joinBoxes)] };
}
