import { decodeText } from './decode-text.ts';
import type { ZipAes } from './zip-decryption.ts';

/** One file of an archive, as the directory describes it; the description is checked when the file is inflated. */
export interface ZipEntry {
  path: string;
  method: number;
  isEncrypted: boolean;
  /** The byte that shows whether a password of the old kind is right. */
  lockTest: number;
  aes: ZipAes | undefined;
  checksum: number;
  compressedBytes: number;
  inflatedBytes: number;
  localHeader: number;
}

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const ZIP64_LOCATOR = 0x07064b50;
const AES_FIELD = 0x9901;

export function isZip(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
  );
}

/**
 * The central directory of an archive, in order, zip64 included; duplicates and odd paths as they are.
 * @throws RangeError or Error when the directory is missing, cut off or inconsistent.
 */
export function* readZipDirectory(bytes: Uint8Array): Generator<ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEndRecord(view);
  const directory = locateDirectory(view, end);
  let at = directory.start;
  for (let index = 0; index < directory.entryCount; index += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error(`Entry ${index} of the archive's directory is damaged.`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const extra = { start: at + ENTRY_BYTES + nameLength, length: extraLength };
    const sizes = readSizes(view, at, extra);
    const flags = view.getUint16(at + 8, true);
    yield {
      path: decodeText(name) ?? Buffer.from(name).toString('latin1'),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & 1) === 1,
      // A writer that did not know the checksum beforehand took the time instead.
      lockTest: view.getUint8(at + ((flags & 8) === 0 ? 19 : 13)),
      aes: readAes(view, extra),
      checksum: view.getUint32(at + 16, true),
      ...sizes,
      localHeader: sizes.localHeader + directory.shift,
    };
    at += ENTRY_BYTES + nameLength + extraLength + view.getUint16(at + 32, true);
  }
}

function findEndRecord(view: DataView): number {
  const last = view.byteLength - END_RECORD_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) {
    if (view.getUint32(at, true) === END_RECORD) return at;
  }
  throw new Error('The archive has no directory: it is cut off.');
}

/** `shift` is the length of whatever stands before the archive, such as the program of a self-extracting one. */
function locateDirectory(view: DataView, end: number): { start: number; entryCount: number; shift: number } {
  const entryCount = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR) {
    const record = toNumber(view.getBigUint64(locator + 8, true));
    return {
      start: toNumber(view.getBigUint64(record + 48, true)),
      entryCount: toNumber(view.getBigUint64(record + 32, true)),
      shift: 0,
    };
  }
  return { start: end - size, entryCount, shift: end - size - start };
}

interface Extra {
  start: number;
  length: number;
}

/** Where the extra fields of this type begin, behind their heads. */
function* extraFields(view: DataView, { start, length }: Extra, type: number): Generator<number> {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === type) yield at + 4;
  }
}

/** Sizes that do not fit 32 bits are in an extra field of type 1, in this order and only those. */
function readSizes(view: DataView, entry: number, extra: Extra) {
  const sizes = {
    inflatedBytes: view.getUint32(entry + 24, true),
    compressedBytes: view.getUint32(entry + 20, true),
    localHeader: view.getUint32(entry + 42, true),
  };
  for (const field of extraFields(view, extra, 1)) {
    let from = field;
    for (const key of ['inflatedBytes', 'compressedBytes', 'localHeader'] as const) {
      if (sizes[key] !== 0xffffffff) continue;
      sizes[key] = toNumber(view.getBigUint64(from, true));
      from += 8;
    }
  }
  return sizes;
}

function readAes(view: DataView, extra: Extra): ZipAes | undefined {
  for (const field of extraFields(view, extra, AES_FIELD)) {
    const keyBytes = ([16, 24, 32] as const)[view.getUint8(field + 4) - 1];
    const method = view.getUint16(field + 5, true);
    if (keyBytes !== undefined) return { keyBytes, method, hasChecksum: view.getUint16(field, true) === 1 };
  }
  return undefined;
}

function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('The archive claims an impossible size.');
  return Number(value);
}
