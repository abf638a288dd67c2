import { useSyncExternalStore } from 'react';

/** Pages of sites that were asked for and are not here yet. */
export interface KeptSite {
  addresses: string[];
  /** How many there were. */
  total: number;
  /** When the last one came, in milliseconds since the epoch. */
  at: number;
}

const key = 'twin.site';
/** A tab that has been silent for longer, which is longer than any page is waited for, is not adding them any more. */
const SILENT_MS = 3 * 60_000;

const listeners = new Set<() => void>();
let isAdding = false;

/**
 * Remembers in this browser, also when it is closed, which pages are to be added, beside those that are left of another site;
 * a closed storage costs only that.
 */
export function keepPages(asked: readonly string[]): void {
  isAdding = true;
  const addresses = [...new Set([...(read()?.addresses ?? []), ...asked])];
  write({ addresses, total: addresses.length, at: Date.now() });
}

/** Of pages that are here, that were told of, or that nobody wants any more. */
export function forgetPages(gone: readonly string[]): void {
  const kept = read();
  if (kept === null) return;
  const addresses = kept.addresses.filter((address) => !gone.includes(address));
  write(addresses.length === 0 ? null : { ...kept, addresses, at: Date.now() });
}

/** Of every site: nobody is told of what somebody else has left. */
export function forgetSites(): void {
  write(null);
}

/** Whatever is left is told of from now on. */
export function endAdding(): void {
  isAdding = false;
  tell();
}

/** What is left of a site whose adding was cut short; null while it goes on, here or in another tab. */
export function useKeptSite(): KeptSite | null {
  const text = useSyncExternalStore(subscribe, leftInStorage);
  return text === null ? null : (JSON.parse(text) as KeptSite);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // What another tab does.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}

function leftInStorage(): string | null {
  const kept = isAdding ? null : read();
  if (kept === null) return null;
  return isOwn() || Date.now() - kept.at > SILENT_MS ? JSON.stringify(kept) : null;
}

/** Whether this tab began it, perhaps before a reload. */
function isOwn(): boolean {
  return sessionStorage.getItem(key) !== null;
}

function read(): KeptSite | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as KeptSite | null;
  } catch {
    return null;
  }
}

function write(kept: KeptSite | null): void {
  try {
    if (kept === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
    if (kept === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, 'begun here');
  } catch {
    // It lasts as long as the page.
  }
  tell();
}
