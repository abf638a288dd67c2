import { useSyncExternalStore } from 'react';

const key = 'twin.unsent';
const listeners = new Set<() => void>();
/** Paths of the files that pages before this one, in this tab, were left with. */
let left: readonly string[] = read();
/** Paths of those that this page has still to send. */
let own: readonly string[] = [];

/**
 * Remembers in this tab, over a reload, a crash or a phone that put the page away, which files this page still has to
 * send, beside those that are left already; a closed storage costs only that.
 */
export function keepUnsent(paths: readonly string[]): void {
  own = paths;
  write();
}

/** Of files that were chosen again, or that nobody asks for any more. */
export function forgetUnsent(paths: readonly string[]): void {
  const gone = new Set(paths);
  change(left.filter((path) => !gone.has(path)));
}

/** Of all: nobody is told of what somebody else has left. */
export function forgetAllUnsent(): void {
  own = [];
  change([]);
}

/** After the page was kept by the browser while another one stood in its tab, which may have told of them, or left more. */
export function rereadUnsent(): void {
  const sending = new Set(own);
  change(read().filter((path) => !sending.has(path)));
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

function change(paths: readonly string[]): void {
  left = paths;
  write();
  for (const listener of listeners) listener();
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}

function write(): void {
  const paths = [...new Set([...left, ...own])];
  try {
    if (paths.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(paths));
  } catch {
    // It lasts as long as the page.
  }
}
