import { crc32, inflateRawSync } from 'node:zlib';
import { AppError } from '../../app-error.ts';
import { unreadable } from '../unreadable.ts';
import type { ParserInput } from './parser-input.ts';
import { takeFromBudget } from './read-budget.ts';
import { decryptZipEntry } from './zip-decryption.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

const STORED = 0;
const DEFLATED = 8;

export interface ZipArchive {
  /** Paths of the files, folders left out, in the order of the directory. They are names to look up, never places on disk. */
  paths: readonly string[];
  has(path: string): boolean;
  /** Bytes of a file once it is inflated, as its directory says; undefined when there is no such file. */
  sizeOf(path: string): number | undefined;
  /**
   * A file's content, inflated anew on each call and counted while it is inflated; undefined when there is no such file.
   * @param shownName what errors call it; the archive's own name unless told otherwise.
   * @throws AppError `unpacks-too-large`, `password-required`, `password-wrong`, or `corrupt` when it is not what the
   * directory says it is.
   */
  read(path: string, shownName?: string): Uint8Array<ArrayBuffer> | undefined;
}

type ZipFile = Pick<ParserInput, 'bytes' | 'fileName' | 'budget' | 'password'>;

/**
 * Opens an archive without inflating anything; the password opens the entries that are locked.
 * @throws AppError `corrupt` or `too-many-files`.
 */
export function openZip({ bytes, fileName, budget, password }: ZipFile): ZipArchive {
  const entries = new Map<string, ZipEntry>();
  try {
    for (const entry of readZipDirectory(bytes)) {
      takeFromBudget(budget, { entriesLeft: 1 }, fileName);
      if (!entry.path.endsWith('/') && !entries.has(entry.path)) entries.set(entry.path, entry);
    }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(fileName, 'corrupt', error);
  }
  return {
    paths: [...entries.keys()],
    has: (path) => entries.has(path),
    sizeOf: (path) => entries.get(path)?.inflatedBytes,
    read: (path, shownName = fileName) => {
      const entry = entries.get(path);
      if (entry === undefined) return undefined;
      if (entry.isEncrypted && password === undefined) throw unreadable(shownName, 'password-required');
      // Refused before any work when the directory itself admits to more than may be inflated.
      takeFromBudget(budget, { inflatedBytesLeft: entry.inflatedBytes }, fileName);
      try {
        const content = inflate(bytes, entry, password);
        if (content !== undefined) return content;
      } catch (error) {
        throw unreadable(shownName, 'corrupt', error);
      }
      throw unreadable(shownName, 'password-wrong');
    },
  };
}

/**
 * Stops as soon as the entry yields more than its directory says, so that what was taken from the budget is never exceeded.
 * Undefined when the password is not that of the entry.
 */
function inflate(
  bytes: Uint8Array,
  entry: ZipEntry,
  password: string | undefined,
): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start =
    entry.localHeader +
    30 +
    view.getUint16(entry.localHeader + 26, true) +
    view.getUint16(entry.localHeader + 28, true);
  const stored = bytes.subarray(start, start + entry.compressedBytes);
  const isLocked = entry.isEncrypted && password !== undefined;
  const compressed = isLocked ? decryptZipEntry(entry, stored, password) : stored;
  if (compressed === undefined) return undefined;
  try {
    const content = inflateAs(entry, compressed);
    const isWhole = entry.aes?.hasChecksum === false || crc32(content) === entry.checksum;
    if (content.byteLength === entry.inflatedBytes && isWhole) return content;
  } catch (error) {
    if (!isLocked) throw error;
  }
  // One wrong password of 256 passes the test of the old kind, and only what it makes of the content gives it away.
  if (isLocked && entry.aes === undefined) return undefined;
  throw new Error('An entry of the archive is damaged.');
}

function inflateAs({ inflatedBytes, ...entry }: ZipEntry, compressed: Uint8Array): Uint8Array<ArrayBuffer> {
  const method = entry.aes?.method ?? entry.method;
  if (method === STORED) return new Uint8Array(compressed);
  if (method !== DEFLATED) throw new Error(`Compression method ${method} is not known.`);
  return new Uint8Array(inflateRawSync(compressed, { maxOutputLength: Math.max(1, inflatedBytes) }));
}
