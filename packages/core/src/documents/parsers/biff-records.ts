/** One record of the workbook stream of an old Excel file ([MS-XLS] 2.1.4). */
export interface BiffRecord {
  type: number;
  /** What the record holds, and behind it what the records hold that continue it. */
  segments: readonly [Buffer, ...Buffer[]];
}

const CONTINUE = 0x3c;
const HEADER_BYTES = 4;

/** The records that begin in a part of the stream, up to where it is cut off. */
export function* readBiffRecords(stream: Buffer, start = 0, end = stream.byteLength): Generator<BiffRecord> {
  let at = start;
  while (at < end && at + HEADER_BYTES <= stream.byteLength) {
    const type = stream.readUInt16LE(at);
    const segments: [Buffer, ...Buffer[]] = [segmentAt(stream, at)];
    at += HEADER_BYTES + stream.readUInt16LE(at + 2);
    while (at + HEADER_BYTES <= stream.byteLength && stream.readUInt16LE(at) === CONTINUE) {
      segments.push(segmentAt(stream, at));
      at += HEADER_BYTES + stream.readUInt16LE(at + 2);
    }
    yield { type, segments };
  }
}

function segmentAt(stream: Buffer, at: number): Buffer {
  return stream.subarray(at + HEADER_BYTES, at + HEADER_BYTES + stream.readUInt16LE(at + 2));
}
