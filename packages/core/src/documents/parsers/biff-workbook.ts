import { unreadable } from '../unreadable.ts';
import { unlockBiff } from './biff-lock.ts';
import { biffDrawing } from './biff-pictures.ts';
import { type BiffRecord, readBiffRecords } from './biff-records.ts';
import { createBiffReader, readBiffString } from './biff-strings.ts';
import { charsetOfCodePage } from './code-pages.ts';
import type { Damage } from './damage.ts';
import type { ParserInput } from './parser-input.ts';
import { type NumberStyle, styleOfBuiltin, styleOfCode } from './xlsx-numbers.ts';

/** Numbers of records ([MS-XLS] 2.3). */
export const biff = {
  bof: 0x809,
  boolOrError: 0x205,
  boundSheet: 0x85,
  codePage: 0x42,
  dateMode: 0x22,
  eof: 0x0a,
  filePass: 0x2f,
  format: 0x41e,
  formula: 0x06,
  hyperlink: 0x1b8,
  label: 0x204,
  labelSst: 0xfd,
  multipleRk: 0xbd,
  note: 0x1c,
  number: 0x203,
  object: 0x5d,
  richLabel: 0xd6,
  rk: 0x27e,
  sst: 0xfc,
  string: 0x207,
  textObject: 0x1b6,
  xf: 0xe0,
} as const;

const EXCEL_97 = 0x600;
/** In whose stream texts are of one code page. */
const EXCEL_5 = 0x500;
const WORKSHEET = 0;

export interface BiffSheetPlace {
  name: string;
  start: number;
  /** No later than where another sheet begins: otherwise a small file could name what it holds any number of times. */
  end: number;
}

export interface BiffWorkbook {
  stream: Buffer;
  /** Written by Excel 97 or a later one: texts are in Unicode. */
  isUnicode: boolean;
  charset: string;
  startsIn1904: boolean;
  sharedStrings: string[];
  /** By the style number of a cell. */
  numberStyles: NumberStyle[];
  /** Worksheets, in their order, and where their records begin and end. */
  sheets: BiffSheetPlace[];
  /** What their drawings share: pictures above all. */
  drawing: Buffer;
  /** Counts what of it, and of its sheets, is damaged. */
  damage: Damage;
}

/**
 * Reads what all sheets of a workbook share. What is damaged of it is counted and left out.
 * @throws AppError `password-required`, `password-wrong`, or `corrupt` where it is none of Excel 5 to 2003.
 */
export function readBiffWorkbook(
  stored: Buffer,
  input: Pick<ParserInput, 'fileName' | 'password'>,
  damage: Damage,
): BiffWorkbook {
  const version = stored.byteLength >= 6 && stored.readUInt16LE(0) === biff.bof ? stored.readUInt16LE(4) : 0;
  if (version !== EXCEL_97 && version !== EXCEL_5) throw unreadable(input.fileName, 'corrupt');
  const isUnicode = version === EXCEL_97;
  const filePass = findFilePass(stored);
  const stream = filePass === undefined ? stored : unlockBiff(stored, filePass, isUnicode, input);
  const workbook: BiffWorkbook = {
    stream,
    isUnicode,
    charset: charsetOfCodePage(0),
    startsIn1904: false,
    sharedStrings: [],
    numberStyles: [],
    sheets: [],
    drawing: Buffer.alloc(0),
    damage,
  };
  const drawing: Buffer[] = [];
  const sheets = new Map<number, string>();
  const formats = new Map<number, NumberStyle>();
  const styles: number[] = [];
  const damagedBefore = damage.count;
  for (const record of readBiffRecords(stream, { damage })) {
    const [data] = record.segments;
    if (record.type === biff.eof) break;
    if (record.type === biffDrawing.shared) drawing.push(...record.segments);
    // A style that is damaged keeps its number, which cells count by.
    else if (record.type === biff.xf) styles.push(data.byteLength < 4 ? 0 : data.readUInt16LE(2));
    else damage.attempt(() => readShared(workbook, record, { formats, sheets }));
  }
  if (damage.count > damagedBefore || sheets.size === 0) addUnnamedSheets(sheets, workbook);
  workbook.drawing = Buffer.concat(drawing);
  workbook.sheets = placeSheets(sheets, stream);
  workbook.numberStyles = styles.map((id) => formats.get(id) ?? styleOfBuiltin(id));
  return workbook;
}

/** What tells of the lock stands before the sheets are named. */
function findFilePass(stream: Buffer): Buffer | undefined {
  for (const { type, segments } of readBiffRecords(stream)) {
    if (type === biff.filePass) return segments[0];
    if (type === biff.eof || type === biff.boundSheet) break;
  }
  return undefined;
}

interface Shared {
  formats: Map<number, NumberStyle>;
  /** Names of worksheets, by where these begin. */
  sheets: Map<number, string>;
}

function readShared(workbook: BiffWorkbook, record: BiffRecord, { formats, sheets }: Shared): void {
  const [data] = record.segments;
  if (record.type === biff.codePage) workbook.charset = charsetOfCodePage(data.readUInt16LE(0));
  else if (record.type === biff.dateMode) workbook.startsIn1904 = data.readUInt16LE(0) === 1;
  else if (record.type === biff.boundSheet) addSheet(sheets, record, workbook);
  else if (record.type === biff.sst) addSharedStrings(workbook.sharedStrings, record);
  else if (record.type === biff.format) {
    const code = readBiffText(record, 2, workbook.isUnicode ? 2 : 1, workbook);
    formats.set(data.readUInt16LE(0), styleOfCode(code));
  }
}

/** What names a sheet may be lost where it is not: it begins like any other. */
function addUnnamedSheets(sheets: Map<number, string>, { stream, isUnicode, damage }: BiffWorkbook): void {
  const start = Buffer.from(isUnicode ? '0908100000061000' : '0908080000051000', 'hex');
  let number = 0;
  for (let at = stream.indexOf(start); at >= 0; at = stream.indexOf(start, at + start.byteLength)) {
    number += 1;
    if (sheets.has(at)) continue;
    damage.add();
    sheets.set(at, `Sheet ${number}`);
  }
}

/** What two of them claim is of the first. */
function addSheet(sheets: Map<number, string>, record: BiffRecord, workbook: BiffWorkbook): void {
  const [data] = record.segments;
  const start = data.readUInt32LE(0);
  if (data.readUInt8(5) !== WORKSHEET || sheets.has(start)) return;
  sheets.set(start, readBiffText(record, 6, 1, workbook));
}

function placeSheets(sheets: ReadonlyMap<number, string>, stream: Buffer): BiffSheetPlace[] {
  const starts = [...sheets.keys()].toSorted((one, other) => one - other);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? stream.byteLength]));
  return Array.from(sheets, ([start, name]) => ({ name, start, end: ends.get(start) ?? stream.byteLength }));
}

function addSharedStrings(strings: string[], { segments }: BiffRecord): void {
  const reader = createBiffReader(segments, 8);
  while (!reader.isAtEnd()) strings.push(readBiffString(reader, 2));
}

/** A text inside of a record, with its length in so many bytes before it. */
export function readBiffText(
  { segments }: BiffRecord,
  start: number,
  lengthBytes: 1 | 2,
  { isUnicode, charset }: Pick<BiffWorkbook, 'isUnicode' | 'charset'>,
): string {
  if (isUnicode) return readBiffString(createBiffReader(segments, start), lengthBytes);
  const from = start + lengthBytes;
  const length = segments[0].readUIntLE(start, lengthBytes);
  const bytes = Buffer.concat(segments).subarray(from, from + length);
  return new TextDecoder(charset).decode(bytes);
}
