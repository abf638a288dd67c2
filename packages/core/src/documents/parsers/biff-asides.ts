import type { BiffRecord } from './biff-records.ts';
import { createBiffReader } from './biff-strings.ts';
import { type BiffWorkbook, biff } from './biff-workbook.ts';

const COMMENT_BOX = 0x19;
/** The row of a note that goes on with the one before it, in Excel 5 and 95. */
const GOES_ON = 0xffff;
const URL_MONIKER = Buffer.from('e0c9ea79f9bace118c8200aa004ba90b', 'hex');
const HAS_MONIKER = 1;
const HAS_DISPLAY_NAME = 0x10;
const HAS_FRAME = 0x80;
const MONIKER_IS_TEXT = 0x100;
/** Cells, class and version stand before the flags. */
const FLAGS_AT = 28;

/** What is told of on a sheet beside its cells: comments as `Comment on B3: text`, and the texts of boxes. */
export function listBiffAsides(records: readonly BiffRecord[], workbook: BiffWorkbook): string[] {
  const texts = new Map<number, string>();
  const boxes: string[] = [];
  const notes: { cell: string; textOf: () => string | undefined; bytes: Buffer[] }[] = [];
  let object = { id: 0, kind: 0 };
  const take = ({ type, segments }: BiffRecord) => {
    const [data] = segments;
    if (type === biff.object && data.byteLength >= 8) object = { kind: data.readUInt16LE(4), id: data.readUInt16LE(6) };
    else if (type === biff.textObject && workbook.isUnicode) {
      const text = readBoxText(segments);
      if (object.kind === COMMENT_BOX) texts.set(object.id, text);
      else if (text !== '') boxes.push(text);
    } else if (type === biff.note) {
      const row = data.readUInt16LE(0);
      const bytes = [data.subarray(6)];
      if (!workbook.isUnicode && row === GOES_ON) notes.at(-1)?.bytes.push(...bytes);
      else {
        const id = workbook.isUnicode ? data.readUInt16LE(6) : 0;
        const textOf = () =>
          workbook.isUnicode ? texts.get(id) : new TextDecoder(workbook.charset).decode(Buffer.concat(bytes)).trim();
        notes.push({ cell: `${columnName(data.readUInt16LE(2))}${row + 1}`, textOf, bytes });
      }
    }
  };
  for (const record of records) workbook.damage.attempt(() => take(record));
  const comments = notes.flatMap(({ cell, textOf }) => {
    const text = textOf() ?? '';
    return text === '' ? [] : `Comment on ${cell}: ${text}`;
  });
  return [...comments, ...boxes];
}

/** The text of a box is in the records that continue it. */
function readBoxText([data, ...[first, ...rest]]: BiffRecord['segments']): string {
  const count = data.byteLength < 12 ? 0 : data.readUInt16LE(10);
  if (first === undefined || first.byteLength === 0) return '';
  return createBiffReader([first, ...rest], 1)
    .characters(count, (first.readUInt8(0) & 1) !== 0)
    .trim();
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** Where a link leads out of its file ([MS-OSHARED] 2.3.7.1); undefined where it leads to another place of it. */
export function readBiffLink(data: Buffer): string | undefined {
  const flags = data.readUInt32LE(FLAGS_AT);
  let at = FLAGS_AT + 4;
  const text = () => {
    const start = at + 4;
    at = start + data.readUInt32LE(at) * 2;
    return withoutEnd(data.toString('utf16le', start, at));
  };
  if ((flags & HAS_DISPLAY_NAME) !== 0) text();
  if ((flags & HAS_FRAME) !== 0) text();
  if ((flags & HAS_MONIKER) === 0) return undefined;
  if ((flags & MONIKER_IS_TEXT) !== 0) return text();
  if (!data.subarray(at, at + 16).equals(URL_MONIKER)) return undefined;
  const start = at + 20;
  return withoutEnd(data.toString('utf16le', start, start + data.readUInt32LE(at + 16)));
}

function withoutEnd(text: string): string {
  return text.split('\0', 1).join('');
}
