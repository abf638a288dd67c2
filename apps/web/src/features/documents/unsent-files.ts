import { useSyncExternalStore } from 'react';

const key = 'twin.unsent';
const listeners = new Set<() => void>();
/** Paths of the files that a page before this one, in this tab, was left with. */
let left: readonly string[] = read();

/**
 * Remembers in this tab, over a reload, a crash or a phone that put the page away, which files this page still has to
 * send, beside those that are left already; a closed storage costs only that.
 */
export function keepUnsent(paths: readonly string[]): void {
  write([...new Set([...left, ...paths])]);
}

/** Of files that were chosen again, or that nobody asks for any more. */
export function forgetUnsent(paths: readonly string[]): void {
  if (left.length === 0) return;
  const gone = new Set(paths);
  left = left.filter((path) => !gone.has(path));
  write(left);
  for (const listener of listeners) listener();
}

/** Files that were not sent when this tab's page was left: the browser has let go of them, only their paths are known. */
export function useUnsent(): readonly string[] {
  return useSyncExternalStore(subscribe, unsentNow);
}

export function unsentNow(): readonly string[] {
  return left;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[];
  } catch {
    return [];
  }
}

function write(paths: readonly string[]): void {
  try {
    if (paths.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(paths));
  } catch {
    // It lasts as long as the page.
  }
}
