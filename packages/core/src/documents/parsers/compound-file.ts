import { AppError } from '../../app-error.ts';
import { unreadable } from '../unreadable.ts';
import type { Damage } from './damage.ts';
import { findLostStreams } from './lost-streams.ts';
import { type ReadBudget, takeFromBudget } from './read-budget.ts';

/** The streams of a compound file ([MS-CFB]): the small file system inside of what Outlook and Office before 2007 write. */
export interface CompoundFile {
  /** Whether there is a stream with this path. Paths have `/` between folders, and are read in whichever case. */
  has(path: string): boolean;
  /** The folders with streams whose paths begin so, in the order of their names; with a slash at the end. */
  folders(start: string): string[];
  /**
   * The content of the stream with this path; undefined when there is none.
   * @param damage counts a stream that is cut off, which is then read as far as it goes.
   * @throws AppError `unpacks-too-large`, or `corrupt` for one that is cut off, where nobody counts it.
   */
  read(path: string, damage?: Damage): Uint8Array<ArrayBuffer> | undefined;
}

interface Stream {
  start: number;
  size: number;
  /** Nothing tells of it any more: it is taken to be all that stands from this place of the file on. */
  lostAt?: number;
}

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const NAME_BYTES_MAX = 64;
/** Sector numbers from here on end a chain, or say that there is none. */
const NO_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const STORAGE = 1;
const STREAM = 2;

/**
 * Opens a compound file without copying its streams. Chains and trees that run in circles end where they would begin anew.
 * @throws AppError `corrupt`.
 */
export function openCompoundFile(bytes: Uint8Array, fileName: string, budget: ReadBudget): CompoundFile {
  const orCorrupt = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw error instanceof AppError ? error : unreadable(fileName, 'corrupt', error);
    }
  };
  const volume = orCorrupt(() => openVolume(bytes));
  return {
    has: (path) => volume.streams.has(path.toLowerCase()),
    folders: (start) => listFolders(volume.streams.keys(), start.toLowerCase()),
    read: (path, damage) => {
      const stream = volume.streams.get(path.toLowerCase());
      if (stream === undefined) return undefined;
      takeFromBudget(budget, { inflatedBytesLeft: Math.min(stream.size, bytes.byteLength) }, fileName);
      const isTooLong = stream.lostAt !== undefined || stream.size > bytes.byteLength;
      if (damage === undefined && isTooLong) throw unreadable(fileName, 'corrupt');
      const content = orCorrupt(() => volume.read(stream));
      if (content.byteLength === stream.size && !isTooLong) return content;
      if (damage === undefined) throw unreadable(fileName, 'corrupt');
      damage.add();
      return content;
    },
  };
}

function listFolders(paths: Iterable<string>, start: string): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const end = path.startsWith(start) ? path.indexOf('/', start.length) : -1;
    if (end >= 0) folders.add(path.slice(0, end + 1));
  }
  return [...folders].toSorted();
}

function openVolume(bytes: Uint8Array) {
  const view = viewOf(bytes);
  const sectorBytes = 1 << view.getUint16(30, true);
  const miniSectorBytes = 1 << view.getUint16(32, true);
  if (sectorBytes < HEADER_BYTES || miniSectorBytes > sectorBytes) throw new Error('Its sectors have no size.');
  // The header takes the place of the first sector, whatever the size of sectors.
  const sector = (number: number) => bytes.subarray((number + 1) * sectorBytes, (number + 2) * sectorBytes);
  const next = readNumbers(listTableSectors(view, sector).map(sector));
  const chain = (start: number) => Buffer.concat(follow(start, next).map(sector));
  const directory = chain(view.getUint32(48, true));
  const miniNext = readNumbers([chain(view.getUint32(60, true))]);
  const miniStream =
    directory.byteLength < ENTRY_BYTES ? Buffer.alloc(0) : chain(viewOf(directory).getUint32(116, true));
  const miniSector = (number: number) => miniStream.subarray(number * miniSectorBytes, (number + 1) * miniSectorBytes);
  const miniStreamBytesMax = view.getUint32(56, true);
  /** Where the table of sectors is cut off, a stream is taken to stand in one piece, as it does where a file is saved whole. */
  const large = ({ start, size }: Stream) => {
    const isTold = follow(start, next).length * sectorBytes >= size;
    return isTold ? chain(start) : bytes.subarray((start + 1) * sectorBytes);
  };
  return {
    streams: listStreams(directory, bytes),
    read(stream: Stream): Uint8Array<ArrayBuffer> {
      const { start, size, lostAt } = stream;
      if (lostAt !== undefined) return new Uint8Array(bytes.subarray(lostAt));
      const isSmall = size < miniStreamBytesMax;
      const content = isSmall ? Buffer.concat(follow(start, miniNext).map(miniSector)) : large(stream);
      return new Uint8Array(content.subarray(0, size));
    },
  };
}

/** The sectors that hold the table of sectors: 109 are in the header, the others in a chain of their own. */
function listTableSectors(header: DataView, sector: (number: number) => Uint8Array): number[] {
  const tables: number[] = [];
  const add = (view: DataView, from: number, to: number) => {
    for (let at = from; at < to; at += 4) {
      const number = view.getUint32(at, true);
      if (number < NO_SECTOR) tables.push(number);
    }
  };
  add(header, 76, HEADER_BYTES);
  const seen = new Set<number>();
  for (let number = header.getUint32(68, true); number < NO_SECTOR && !seen.has(number); ) {
    seen.add(number);
    const view = viewOf(sector(number));
    add(view, 0, view.byteLength - 4);
    number = view.getUint32(view.byteLength - 4, true);
  }
  return tables;
}

function readNumbers(sectors: readonly Uint8Array[]): Uint32Array {
  const bytes = Buffer.concat(sectors);
  return Uint32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => bytes.readUInt32LE(index * 4));
}

function follow(start: number, next: Uint32Array): number[] {
  const sectors: number[] = [];
  for (let number = start; number < next.length && sectors.length < next.length; number = next[number] ?? NO_SECTOR) {
    sectors.push(number);
  }
  return sectors;
}

/** The directory is a binary tree for each folder, with the first entry for the root. Where it is cut off, streams are looked for. */
function listStreams(directory: Uint8Array, bytes: Uint8Array): Map<string, Stream> {
  const view = viewOf(directory);
  const streams = new Map<string, Stream>();
  const seen = new Set<number>();
  let isCut = directory.byteLength < ENTRY_BYTES;
  const waiting = isCut ? [] : [{ entry: view.getUint32(76, true), folder: '' }];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const at = item.entry * ENTRY_BYTES;
    if (item.entry === NO_ENTRY || seen.has(item.entry)) continue;
    if (at + ENTRY_BYTES > directory.byteLength) {
      isCut = true;
      continue;
    }
    seen.add(item.entry);
    const nameBytes = Math.min(NAME_BYTES_MAX, view.getUint16(at + 64, true)) - 2;
    const name = Buffer.from(directory.subarray(at, at + Math.max(0, nameBytes))).toString('utf16le');
    const path = `${item.folder}${name.toLowerCase()}`;
    const kind = view.getUint8(at + 66);
    // Sizes of 4 GB and more are no upload's; their upper half holds anything in older files.
    if (kind === STREAM)
      streams.set(path, { start: view.getUint32(at + 116, true), size: view.getUint32(at + 120, true) });
    waiting.push({ entry: view.getUint32(at + 68, true), folder: item.folder });
    waiting.push({ entry: view.getUint32(at + 72, true), folder: item.folder });
    if (kind === STORAGE) waiting.push({ entry: view.getUint32(at + 76, true), folder: `${path}/` });
  }
  for (const [path, lostAt] of isCut ? findLostStreams(bytes) : []) {
    if (!streams.has(path)) streams.set(path, { start: NO_SECTOR, size: bytes.byteLength - lostAt, lostAt });
  }
  if (isCut && streams.size === 0) throw new Error('The directory of the file is cut off.');
  return streams;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
