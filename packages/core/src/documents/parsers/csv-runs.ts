import { isTableRow } from './add-rows.ts';

type Row = readonly string[];

/** Some rows of a run, in order: of those between blank lines, without which one table would end and another begin. */
export interface RunRows {
  isFirst: boolean;
  rows: Row[];
}

/** A run as a whole. */
export interface RunSummary {
  /** Rows above its table, each a caption; all of them where it has no table. */
  captionCount: number;
  /** The columns of the table in which something is written. */
  columns: number[];
}

/**
 * Rows by the runs they belong to, without the blank ones. Where rows of the same width go on behind a blank line, it is the
 * same table.
 */
export async function* readRuns(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<RunRows> {
  let widthBefore: number | undefined;
  let isAfterBlank = true;
  for await (const batch of batches) {
    let run: RunRows = { isFirst: false, rows: [] };
    for (const row of batch) {
      if (row.every((cell) => cell.trim() === '')) {
        isAfterBlank = true;
        continue;
      }
      if (isAfterBlank && row.length !== widthBefore) {
        if (run.rows.length > 0) yield run;
        run = { isFirst: true, rows: [] };
      }
      run.rows.push(row);
      isAfterBlank = false;
      widthBefore = row.length;
    }
    if (run.rows.length > 0) yield run;
  }
}

/** Each run as soon as it is over. */
export async function* summariseRuns(runs: AsyncIterable<RunRows>): AsyncGenerator<RunSummary> {
  let captionCount = 0;
  let filled: boolean[] | undefined;
  let isOpen = false;
  const end = (): RunSummary => ({
    captionCount,
    columns: (filled ?? []).flatMap((isFilled, column) => (isFilled ? [column] : [])),
  });
  for await (const { isFirst, rows } of runs) {
    if (isFirst) {
      if (isOpen) yield end();
      [captionCount, filled, isOpen] = [0, undefined, true];
    }
    for (const row of rows) {
      if (filled === undefined && !isTableRow(row)) captionCount += 1;
      else filled = markFilled(filled ?? [], row);
    }
  }
  if (isOpen) yield end();
}

function markFilled(filled: boolean[], row: Row): boolean[] {
  for (let column = 0; column < row.length; column += 1) {
    if (filled[column] !== true) filled[column] = row[column]?.trim() !== '';
  }
  return filled;
}
