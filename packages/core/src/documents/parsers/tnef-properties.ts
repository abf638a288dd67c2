import { charsetOfCodePage } from './code-pages.ts';
import { decodeText } from './decode-text.ts';
import { type OutlookProperties, toDate, withoutEnd } from './outlook-properties.ts';
import type { ByteReader } from './tnef-stream.ts';

interface Value {
  type: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Properties of a message, of someone it went to, or of an attachment, by their numbers. */
export type TnefValues = Map<number, Value>;

export const OBJECT = 0x0d;
export const STRING = 0x1e;
const UNICODE = 0x1f;
const BINARY = 0x0102;
const SEVERAL = 0x1000;
/** Properties from here on are known by a name, and their number is the file's own. */
const NAMED = 0x8000;
const CODE_PAGE_OF_INTERNET = 0x3fde;

/** How many bytes a value of each type takes, filled up to four. */
const sizes = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

/** Reads a list of properties ([MS-OXTNEF] 2.1.3.4): of several values the first. What follows one that cannot be read is left out. */
export function readTnefValues(reader: ByteReader): TnefValues {
  const values: TnefValues = new Map();
  const count = reader.number(4) ?? 0;
  for (let index = 0; index < count; index += 1) {
    const type = reader.number(2);
    const id = reader.number(2);
    if (type === undefined || id === undefined || (id >= NAMED && !skipName(reader))) break;
    const bytes = readValue(reader, type);
    if (bytes === undefined) break;
    if (id < NAMED) values.set(id, { type: type & ~SEVERAL, bytes });
  }
  return values;
}

function skipName(reader: ByteReader): boolean {
  reader.bytes(16);
  const isText = reader.number(4) === 1;
  const length = reader.number(4);
  return length !== undefined && (!isText || reader.padded(length) !== undefined);
}

function readValue(reader: ByteReader, type: number): Uint8Array<ArrayBuffer> | undefined {
  const size = sizes.get(type & ~SEVERAL);
  const isLong = size === undefined;
  if (isLong && ![OBJECT, STRING, UNICODE, BINARY].includes(type & ~SEVERAL)) return undefined;
  const count = isLong || (type & SEVERAL) !== 0 ? reader.number(4) : 1;
  let first: Uint8Array<ArrayBuffer> | undefined;
  for (let index = 0; index < (count ?? 0); index += 1) {
    const length = size ?? reader.number(4);
    const bytes = length === undefined ? undefined : reader.padded(length);
    if (bytes === undefined) return undefined;
    first ??= bytes;
  }
  return count === undefined ? undefined : (first ?? new Uint8Array());
}

/** @param charset of texts that are not Unicode. */
export function toOutlookProperties(values: TnefValues, charset: string | undefined): OutlookProperties {
  const fixed = (id: number, length: number) => {
    const bytes = values.get(id)?.bytes;
    if (bytes === undefined || bytes.byteLength < length) return undefined;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const pageOfHtml = fixed(CODE_PAGE_OF_INTERNET, 4)?.getUint32(0, true);
  return {
    charset,
    charsetOfHtml: pageOfHtml === undefined ? charset : charsetOfCodePage(pageOfHtml),
    text: (id) => {
      const value = values.get(id);
      if (value?.type === UNICODE) return withoutEnd(Buffer.from(value.bytes).toString('utf16le'));
      return value?.type === STRING ? decodeTnefText(value.bytes, charset) : undefined;
    },
    bytes: (id) => (values.get(id)?.type === BINARY ? values.get(id)?.bytes : undefined),
    number: (id) => fixed(id, 4)?.getUint32(0, true),
    date: (id) => {
      const ticks = fixed(id, 8)?.getBigUint64(0, true);
      return ticks === undefined || ticks === 0n ? undefined : toDate(ticks);
    },
  };
}

/** Strings end with their first zero. */
export function decodeTnefText(bytes: Uint8Array, charset: string | undefined): string | undefined {
  const end = bytes.indexOf(0);
  return decodeText(end < 0 ? bytes : bytes.subarray(0, end), charset);
}
