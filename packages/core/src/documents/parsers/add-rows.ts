import type { CanonicalText } from '../canonical-text.ts';
import { chunkTokens } from '../chunk-document.ts';
import { estimateTokens } from '../estimate-tokens.ts';
import { tableLines } from './format-table.ts';

type Row = readonly string[];

/** The page or slide, or the sheet, that a table is on. */
export interface TablePlace {
  page?: number | undefined;
  part?: string | undefined;
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

/** Adds one table in groups of rows small enough for a passage, each under the header again. */
export function addTable(canonical: CanonicalText, rows: readonly Row[], place: TablePlace = {}): void {
  const [header, rule, ...body] = tableLines(rows);
  if (header === undefined || rule === undefined) return;
  const headTokens = estimateTokens(header) + estimateTokens(rule);
  let group: string[] = [];
  let tokens = headTokens;
  const end = () => canonical.add({ kind: 'table', text: [header, rule, ...group].join('\n'), ...place });
  for (const line of body) {
    const lineTokens = estimateTokens(line);
    if (group.length > 0 && tokens + lineTokens > chunkTokens.target) {
      end();
      group = [];
      tokens = headTokens;
    }
    group.push(line);
    tokens += lineTokens;
  }
  end();
}
