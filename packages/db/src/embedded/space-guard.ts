import { statfsSync } from 'node:fs';

const MEGABYTE = 1024 * 1024;
/** The log grows by files of 16 MB, and a checkpoint writes what only memory holds. */
const RESERVE_BYTES = 64 * MEGABYTE;
/** What carries content stops earlier, so that questions, sign-ins and deletions go on for long after uploads do not. */
const CONTENT_RESERVE_BYTES = 192 * MEGABYTE;
const CONTENT_BYTES_MIN = 16 * 1024;
/** At 50 MB/s the disk is this much fuller than the last look told: 10 MB. */
const LOOK_MS = 200;

const writes = /\b(?:insert|update|merge|copy|create|alter)\b/i;

/** SQLSTATE `53100` (disk full), as a server would say it. */
class DiskFullError extends Error {
  readonly code = '53100';
}

/**
 * Refuses writes before the disk is full: the embedded engine does not survive a write that finds no room, it spins for
 * ever. Reading, deleting and ending transactions are always let through.
 *
 * @param freeBytes of the disk that holds the folder; tests give their own.
 */
export function createSpaceGuard(
  directory: string,
  freeBytes: () => number = () => freeBytesOf(directory),
): (text: string, values: readonly unknown[]) => void {
  let free = Number.POSITIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return (text, values) => {
    if (performance.now() - lookedAt > LOOK_MS) {
      free = freeBytes();
      lookedAt = performance.now();
    }
    if (free > CONTENT_RESERVE_BYTES || !writes.test(text)) return;
    if (free <= RESERVE_BYTES || carriesContent(values)) {
      throw new DiskFullError(`could not write: only ${Math.floor(free / MEGABYTE)} MB are free`);
    }
  };
}

function freeBytesOf(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function carriesContent(values: readonly unknown[]): boolean {
  let bytes = 0;
  for (const value of values) {
    if (value instanceof Uint8Array) bytes += value.byteLength;
    else if (typeof value === 'string') bytes += value.length;
  }
  return bytes >= CONTENT_BYTES_MIN;
}
