import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Twice what was seen in use at once. */
const BYTES_NEEDED = 2 * 1024 ** 3;

/**
 * A folder for the data folders of tests, each a copy of thousands of small files: in memory, where the system offers a
 * file system there with room (measured on a busy disk: 0.2 s a copy instead of 3 s), else in the usual place.
 *
 * @returns {{ path: string, remove: () => void }}
 */
export function makeScratchFolder() {
  const path = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'digital-twin-tests-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** @param {string} folder */
function hasRoom(folder) {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= BYTES_NEEDED;
  } catch {
    return false;
  }
}
