import type { BiffRecord } from './biff-records.ts';

const WIDE = 1;
const HAS_PHONETICS = 4;
const HAS_RUNS = 8;
const BYTES_PER_RUN = 4;

/** Reads one value after the other from a record and those that continue it. */
export interface BiffReader {
  /** An unsigned number of so many bytes. @throws RangeError behind the end. */
  number(bytes: 1 | 2 | 4): number;
  skip(bytes: number): void;
  /** So many characters. Where a record continues them, it begins by telling how wide they are. */
  characters(count: number, isWide: boolean): string;
  isAtEnd(): boolean;
}

export function createBiffReader(segments: BiffRecord['segments'], start = 0): BiffReader {
  let index = 0;
  let segment = segments[0];
  let at = start;
  const goOn = () => {
    while (at >= segment.byteLength && index + 1 < segments.length) {
      at -= segment.byteLength;
      index += 1;
      segment = segments[index] ?? segment;
    }
  };
  return {
    number(bytes) {
      goOn();
      const value = segment.readUIntLE(at, bytes);
      at += bytes;
      return value;
    },
    skip(bytes) {
      at += bytes;
      goOn();
    },
    characters(count, isWide) {
      let text = '';
      let [left, wide] = [count, isWide];
      while (left > 0) {
        if (at >= segment.byteLength) {
          goOn();
          if (at >= segment.byteLength) break;
          wide = (segment.readUInt8(at) & WIDE) !== 0;
          at += 1;
        }
        const width = wide ? 2 : 1;
        const taken = Math.min(left, Math.max(1, Math.floor((segment.byteLength - at) / width)));
        text += segment.toString(wide ? 'utf16le' : 'latin1', at, at + taken * width);
        at += taken * width;
        left -= taken;
      }
      return text;
    },
    isAtEnd() {
      goOn();
      return at >= segment.byteLength;
    },
  };
}

/** A string with its length before it, in so many bytes ([MS-XLS] 2.5.293 and 2.5.294); its looks and readings are passed over. */
export function readBiffString(reader: BiffReader, lengthBytes: 1 | 2): string {
  const count = reader.number(lengthBytes);
  if (reader.isAtEnd()) return '';
  const flags = reader.number(1);
  const runs = (flags & HAS_RUNS) === 0 ? 0 : reader.number(2);
  const phoneticBytes = (flags & HAS_PHONETICS) === 0 ? 0 : reader.number(4);
  const text = reader.characters(count, (flags & WIDE) !== 0);
  if (runs > 0 || phoneticBytes > 0) reader.skip(runs * BYTES_PER_RUN + phoneticBytes);
  return text;
}
