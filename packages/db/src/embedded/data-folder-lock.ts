import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartupError } from '../startup-error.ts';

const SQLITE_BUSY = 5;

export interface DataFolderLock {
  /** Gives the folder free. Safe to call twice. */
  release(): void;
}

/** Keeps every held lock reachable: one that is garbage collected closes its file, and the kernel gives the folder free. */
const heldLocks = new Set<DatabaseSync>();

/**
 * Claims a data folder for this process: two Postgres engines on one folder would corrupt it without a word.
 *
 * The lock is the kernel's own (SQLite takes it, through `fcntl`, on an otherwise empty file), so it ends with its
 * process however that dies. There is no stale lock to judge, no recycled pid to be fooled by, and no race between
 * two processes that both find a dead holder. It holds across containers that share the folder, where pids mean
 * nothing. `holder.json` beside it only serves the message; nothing is decided by it.
 *
 * Nobody else in this process may open and close `lock`: POSIX drops a process's locks on a file with any of its
 * handles to it.
 *
 * @throws StartupError `data-folder-in-use` or `data-folder-unusable`.
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const lock = openLockFile(dataDir);
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (isBusy(error)) {
      throw inUse(dataDir, error);
    }
    throw unusable(dataDir, error);
  }
  const holderFile = join(dataDir, 'holder.json');
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  heldLocks.add(lock);
  return {
    release() {
      if (heldLocks.delete(lock)) {
        rmSync(holderFile, { force: true });
        lock.close();
      }
    },
  };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    makeFolder(dataDir);
    return new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/** One level at a time: Node's own recursion never returns where a level can neither be made nor found, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function inUse(dataDir: string, cause: unknown): StartupError {
  return new StartupError(
    'data-folder-in-use',
    `The data folder ${dataDir} is in use by ${describeHolder(dataDir)}.`,
    'Stop that process, or start this one with another data folder (DATA_DIR).',
    cause,
  );
}

function unusable(dataDir: string, cause: unknown): StartupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartupError(
    'data-folder-unusable',
    `The data folder ${dataDir} cannot be used: ${reason}.`,
    'Make the folder writable for this user, free some disk space, or choose another folder (DATA_DIR).',
    cause,
  );
}

/** The holder writes its name just after it takes the lock; for that instant it goes unnamed. */
function describeHolder(dataDir: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(dataDir, 'holder.json'), 'utf8'));
    if (typeof holder === 'object' && holder !== null && 'pid' in holder && 'since' in holder) {
      return `process ${String(holder.pid)}, since ${String(holder.since)}`;
    }
  } catch {
    // Not written yet, or half written.
  }
  return 'another process';
}
