import { quantile } from '../../quantile.ts';
import { extentOf } from './extent-of.ts';
import { cutSegment, type PdfSegment, widthOf } from './pdf-segments.ts';
import { cellText, type FoundTable, replaceTables, rowBox } from './pdf-table-cells.ts';
import { isContents } from './pdf-table-signs.ts';
import { type LaidCell, layTaggedRows, type TaggedTable } from './pdf-tagged-cells.ts';
import type { PdfTextRun } from './pdf-text-runs.ts';

/** Boxes with more text are the layout of a page. */
const CELL_CHARACTERS_MAX = 1500;
const USUAL_CELL_CHARACTERS_MAX = 300;

/**
 * Puts the tables that the file tags as such in place of what they are made of, row by row and cell by cell. A tag is believed where
 * its columns stand beside each other, hardly anything else stands among its cells, and no cell is as long as a page or holds a table of its own.
 * @param segments of one direction of text.
 */
export function replaceTaggedTables(segments: readonly PdfSegment[]): PdfSegment[] {
  const cut = segments.flatMap((segment) => cutSegment(segment, (one, other) => one.tag?.cell !== other.tag?.cell));
  const inTables = Map.groupBy(cut, (segment) => cellOf(segment)?.table);
  const found = [...inTables].flatMap(([table, own]) => {
    if (table === undefined || table.isLayout) return [];
    const one = toTable(table, own);
    return one === undefined || hasOthersInside(cut, one.segments) ? [] : one;
  });
  return found.length === 0 ? [...segments] : replaceTables(cut, found);
}

function cellOf({ runs }: PdfSegment) {
  return runs.find(({ text }) => text.trim() !== '')?.tag?.cell;
}

function toTable(table: TaggedTable, segments: readonly PdfSegment[]): FoundTable | undefined {
  const byCell = Map.groupBy(segments, cellOf);
  const runsOf = ({ cell }: LaidCell): PdfTextRun[] => (byCell.get(cell) ?? []).flatMap(({ runs }) => runs);
  const laid = layTaggedRows(table, (cell) => {
    const own = byCell.get(cell);
    return own && widthOf(own);
  });
  if (laid === undefined) return undefined;
  const onPage = laid.rows.filter((cells) => cells.some((cell) => cell.isOwn && runsOf(cell).length > 0));
  const began = laid.rows.indexOf(onPage[0] ?? []) > 0;
  const shown = withoutCaptions(onPage, (cell) => runsOf(cell).length > 0, laid.columns.length);
  const rows = shown.map((cells) => {
    const texts: string[] = Array.from({ length: laid.columns.length }, () => '');
    for (const cell of cells) texts[cell.column] = cellText(runsOf(cell));
    return texts;
  });
  if (!isSound(rows, began)) return undefined;
  return {
    rows,
    rowBoxes: shown.map((cells) => rowBox(cells.filter(({ isOwn }) => isOwn).map(runsOf))),
    columns: laid.columns,
    segments: new Set(shown.flat().flatMap(({ cell }) => byCell.get(cell) ?? [])),
    ...(began && { goesOn: true }),
  };
}

/** Rows above and below it that are a single cell are its title and its notes. */
function withoutCaptions(
  rows: readonly LaidCell[][],
  isFilled: (cell: LaidCell) => boolean,
  width: number,
): readonly LaidCell[][] {
  const first = rows.findIndex((cells) => cells.filter(isFilled).length > 1);
  const last = rows.findLastIndex((cells) => !(cells.length === 1 && cells[0]?.cell.columnSpan === width));
  return first < 0 ? rows : rows.slice(first, last + 1);
}

function isSound(rows: readonly string[][], began: boolean): boolean {
  const lengths = rows.flat().flatMap(({ length }) => (length > 0 ? length : []));
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
  return (
    rows.length >= (began ? 1 : 2) &&
    columns.filter((column) => column.some((cell) => cell !== '')).length >= 2 &&
    rows.some((row) => row.filter((cell) => cell !== '').length >= 2) &&
    Math.max(...lengths) <= CELL_CHARACTERS_MAX &&
    (quantile(lengths, 0.5) ?? 0) <= USUAL_CELL_CHARACTERS_MAX &&
    !isContents(rows, columns)
  );
}

/** Cells that are left out, or text that is no part of it, are signs of tags that went astray; so much of its text may be what no tag tells of. */
const STRAY_SHARE_MAX = 0.1;

function hasOthersInside(segments: readonly PdfSegment[], own: ReadonlySet<PdfSegment>): boolean {
  const all = [...own];
  const [left, right] = widthOf(all);
  const [top, bottom] = extentOf(all, ({ y }) => y);
  const strays = segments.filter((segment) => {
    const middle = (segment.x + segment.xEnd) / 2;
    return !own.has(segment) && middle > left && middle < right && segment.y >= top && segment.y <= bottom;
  });
  const charactersIn = (some: readonly PdfSegment[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  return charactersIn(strays) > STRAY_SHARE_MAX * charactersIn(all);
}
