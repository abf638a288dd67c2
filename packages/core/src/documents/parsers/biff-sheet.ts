import { listBiffAsides, readBiffLink } from './biff-asides.ts';
import { biffDrawing, createCellSizes, listSheetPictures, takeCellSize } from './biff-pictures.ts';
import { type BiffRecord, readBiffRecords } from './biff-records.ts';
import { type BiffSheetPlace, type BiffWorkbook, biff, readBiffText } from './biff-workbook.ts';
import { withAddress } from './link-address.ts';
import type { ShownSize } from './office-pictures.ts';
import { formatNumber } from './xlsx-numbers.ts';

export interface BiffSheet {
  /** Cells as shown; an empty row stands for any number of rows left out between two. */
  rows: string[][];
  /** Comments on cells, and the texts of boxes. */
  asides: string[];
  /** Pictures that lie on it, by their number in the workbook. */
  pictures: { number: number; size: ShownSize | undefined }[];
}

/** What an error is shown as, by its number ([MS-XLS] 2.5.10). */
const errors = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
]);

/** A sheet has no more columns than this; a file that claims more is not believed. */
const COLUMNS_MAX = 256;

type Cells = Map<number, string[]>;

/**
 * Reads the cells of one sheet as shown, formulas by their last result. What is drawn on it has records of its own, nested.
 * A record that is damaged is counted and left out.
 */
export function readBiffSheet(workbook: BiffWorkbook, { start, end }: BiffSheetPlace): BiffSheet {
  const { damage } = workbook;
  const cells: Cells = new Map();
  const drawn: BiffRecord[] = [];
  const drawing: Buffer[] = [];
  const sizes = createCellSizes();
  let depth = 0;
  let waiting: { row: number; column: number } | undefined;
  const take = (record: BiffRecord) => {
    if (record.type === biff.string && waiting !== undefined) {
      const { row, column } = waiting;
      waiting = undefined;
      setCell(cells, row, column, readBiffText(record, 0, 2, workbook));
    } else if (formulaTypes.has(record.type)) waiting = readFormula(cells, record, workbook);
    else if (record.type === biff.hyperlink) linkCell(cells, record);
    else if (asideTypes.has(record.type)) drawn.push(record);
    else if (record.type === biffDrawing.sheet) drawing.push(...record.segments);
    else {
      takeCellSize(sizes, record);
      readCells(cells, record, workbook);
    }
  };
  for (const record of readBiffRecords(workbook.stream, { start, end, damage })) {
    if (record.type === biff.bof) depth += 1;
    else if (record.type === biff.eof) depth -= 1;
    if (depth <= 0) break;
    if (depth === 1) damage.attempt(() => take(record));
  }
  // Nothing ends the sheet: what it had more is cut off.
  if (depth > 0) damage.add();
  const pictures = damage.attempt(() => listSheetPictures(Buffer.concat(drawing), sizes)) ?? [];
  return { rows: listRows(cells), asides: listBiffAsides(drawn, workbook), pictures };
}

/** Some programs use the numbers that formulas had in Excel 3 and 4. */
const formulaTypes = new Set<number>([biff.formula, 0x206, 0x406]);
const asideTypes = new Set<number>([biff.note, biff.object, biff.textObject]);

function readCells(cells: Cells, record: BiffRecord, workbook: BiffWorkbook): void {
  const [data] = record.segments;
  const set = (text: string) => setCell(cells, data.readUInt16LE(0), data.readUInt16LE(2), text);
  const style = () => data.readUInt16LE(4);
  if (record.type === biff.labelSst) set(workbook.sharedStrings[data.readUInt32LE(6)] ?? '');
  else if (record.type === biff.label || record.type === biff.richLabel) set(readBiffText(record, 6, 2, workbook));
  else if (record.type === biff.number) set(showNumber(data.readDoubleLE(6), style(), workbook));
  else if (record.type === biff.rk) set(showNumber(readRk(data, 6), style(), workbook));
  else if (record.type === biff.boolOrError) set(showValue(data.readUInt8(6), data.readUInt8(7) === 1));
  else if (record.type === biff.multipleRk) {
    const first = data.readUInt16LE(2);
    const count = Math.floor((data.byteLength - 6) / 6);
    for (let index = 0; index < count; index += 1) {
      const at = 4 + index * 6;
      const text = showNumber(readRk(data, at + 2), data.readUInt16LE(at), workbook);
      setCell(cells, data.readUInt16LE(0), first + index, text);
    }
  }
}

/** Puts down what a formula came to; the place of its cell where that is a text, which is in a record behind it. */
function readFormula(cells: Cells, { segments: [data] }: BiffRecord, workbook: BiffWorkbook) {
  const [row, column] = [data.readUInt16LE(0), data.readUInt16LE(2)];
  if (data.readUInt16LE(12) !== 0xffff) {
    setCell(cells, row, column, showNumber(data.readDoubleLE(6), data.readUInt16LE(4), workbook));
    return undefined;
  }
  const kind = data.readUInt8(6);
  if (kind === 1 || kind === 2) setCell(cells, row, column, showValue(data.readUInt8(8), kind === 2));
  return kind === 0 ? { row, column } : undefined;
}

function showValue(value: number, isError: boolean): string {
  if (isError) return errors.get(value) ?? '#N/A';
  return value === 0 ? 'FALSE' : 'TRUE';
}

function showNumber(value: number, style: number, { numberStyles, startsIn1904 }: BiffWorkbook): string {
  return formatNumber(String(value), numberStyles[style] ?? 'plain', startsIn1904);
}

/** Thirty bits of a number: of a whole one, or the upper ones of a fraction; perhaps a hundred times what is meant. */
function readRk(data: Buffer, at: number): number {
  const bits = data.readInt32LE(at);
  const upper = Buffer.alloc(8);
  upper.writeInt32LE(bits & ~3, 4);
  const value = (bits & 2) === 0 ? upper.readDoubleLE(0) : bits >> 2;
  return (bits & 1) === 0 ? value : value / 100;
}

function setCell(cells: Cells, row: number, column: number, text: string): void {
  if (column >= COLUMNS_MAX) return;
  const held = cells.get(row) ?? [];
  while (held.length < column) held.push('');
  held[column] = text;
  cells.set(row, held);
}

/** A link of a range is shown where the range begins. */
function linkCell(cells: Cells, { segments }: BiffRecord): void {
  const data = Buffer.concat(segments);
  const row = cells.get(data.readUInt16LE(0));
  const column = data.readUInt16LE(4);
  const text = row?.[column];
  if (row !== undefined && text !== undefined) row[column] = withAddress(text, readBiffLink(data));
}

function listRows(cells: Cells): string[][] {
  const rows: string[][] = [];
  let before = -1;
  for (const [number, row] of [...cells].toSorted(([one], [other]) => one - other)) {
    if (number > before + 1 && rows.length > 0) rows.push([]);
    rows.push(row);
    before = number;
  }
  return rows;
}
