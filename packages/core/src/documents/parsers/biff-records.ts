import type { Damage } from './damage.ts';

/** One record of the workbook stream of an old Excel file ([MS-XLS] 2.1.4). */
export interface BiffRecord {
  type: number;
  /** What the record holds, and behind it what the records hold that continue it. */
  segments: readonly [Buffer, ...Buffer[]];
}

const CONTINUE = 0x3c;
const END = 0x0a;
const HEADER_BYTES = 4;
/** No record of a program of Microsoft's has another number, or is longer. */
const TYPE_MAX = 0x10ff;
const LENGTH_MAX = 8224;
/** So many of the usual in a row are no accident. */
const RECORDS_IN_A_ROW = 4;
/** Sheets and what they share consist of these above all: styles, names, texts, rows and cells. None is a letter in a text. */
const usual = new Set(
  '6 a 1c 85 bd be d6 d7 e0 e5 eb ec fc fd 1b6 1b8 200 201 203 204 205 207 208 20b 221 23e 27e 293 41e 4bc 809'
    .split(' ')
    .map((type) => Number.parseInt(type, 16)),
);

/** The part of a stream that records are read from, and what counts those that are damaged. */
interface BiffPart {
  start?: number;
  /** They begin before it. */
  end?: number;
  /** Counts a record whose length is wrong, or behind which there is none: others are looked for. */
  damage?: Damage;
}

/** The records that begin in a part of the stream, up to where it is cut off. */
export function* readBiffRecords(stream: Buffer, part: BiffPart = {}): Generator<BiffRecord> {
  const { start = 0, end = stream.byteLength, damage } = part;
  let at = start;
  let bytesRead = 0;
  while (at < end && at + HEADER_BYTES <= stream.byteLength) {
    const first = at;
    const type = stream.readUInt16LE(at);
    const segments: [Buffer, ...Buffer[]] = [segmentAt(stream, at)];
    at = endOf(stream, at);
    while (at < end && at + HEADER_BYTES <= stream.byteLength && stream.readUInt16LE(at) === CONTINUE) {
      segments.push(segmentAt(stream, at));
      at = endOf(stream, at);
    }
    yield { type, segments };
    if (damage === undefined || type === END || (at <= stream.byteLength && isRecord(stream, at))) continue;
    damage.add();
    // Records that stand in each other would keep a reader busy for any time.
    bytesRead += Math.min(at, stream.byteLength) - first;
    at = findRecord(stream, bytesRead > stream.byteLength ? at : first + HEADER_BYTES, end);
  }
}

function endOf(stream: Buffer, at: number): number {
  return at + HEADER_BYTES + stream.readUInt16LE(at + 2);
}

function segmentAt(stream: Buffer, at: number): Buffer {
  return stream.subarray(at + HEADER_BYTES, endOf(stream, at));
}

/** Whether a record may begin there, or nothing does. Some programs write records of no type: others follow on them. */
function isRecord(stream: Buffer, at: number): boolean {
  if (at + HEADER_BYTES > stream.byteLength || isLikeRecord(stream, at)) return true;
  const next = endOf(stream, at);
  return next + HEADER_BYTES <= stream.byteLength && isLikeRecord(stream, next);
}

function isLikeRecord(stream: Buffer, at: number): boolean {
  const type = stream.readUInt16LE(at);
  return type > 0 && type <= TYPE_MAX && stream.readUInt16LE(at + 2) <= LENGTH_MAX;
}

function findRecord(stream: Buffer, from: number, end: number): number {
  for (let start = from; start < end; start += 1) {
    let at = start;
    let found = 0;
    while (found < RECORDS_IN_A_ROW && isUsual(stream, at)) {
      found += 1;
      at = endOf(stream, at);
    }
    if (found === RECORDS_IN_A_ROW) return start;
  }
  return end;
}

function isUsual(stream: Buffer, at: number): boolean {
  if (at + HEADER_BYTES > stream.byteLength || !usual.has(stream.readUInt16LE(at))) return false;
  return stream.readUInt16LE(at + 2) <= LENGTH_MAX && endOf(stream, at) <= stream.byteLength;
}
