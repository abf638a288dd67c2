import { useSyncExternalStore } from 'react';

/** `away`: the server does not answer and we keep asking. `back`: it answers again, shown for a moment. */
export type ConnectionState = 'here' | 'away' | 'back';

const firstWaitMs = 800;
const longestWaitMs = 5_000;
const backShownMs = 3_000;
/** A page on which nothing happens asks so often. */
const heartbeatMs = 5_000;

let state: ConnectionState = 'here';
let probe: Promise<void> | null = null;
const listeners = new Set<() => void>();
const returnListeners = new Set<() => void>();

function become(next: ConnectionState) {
  state = next;
  for (const listener of listeners) listener();
}

async function serverAnswers(): Promise<boolean> {
  try {
    const response = await fetch('/healthz', { cache: 'no-store' });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * A call failed for want of an answer. Asks the server until it answers, then lets everybody catch up. Resolves when it
 * answers, at once if it does.
 */
export function suspectConnection(): Promise<void> {
  probe ??= probeUntilBack();
  return probe;
}

async function probeUntilBack() {
  for (let waitMs = firstWaitMs; !(await serverAnswers()); waitMs = Math.min(waitMs * 1.5, longestWaitMs)) {
    if (state !== 'away') {
      become('away');
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  probe = null;
  if (state === 'away') {
    become('back');
    setTimeout(() => state === 'back' && become('here'), backShownMs);
    for (const listener of returnListeners) listener();
  }
}

/** Notices that the server went away, and that it came back, on a page that asks nothing of it; not while nobody sees the page. */
export function watchConnection(): void {
  const ask = () => {
    if (document.visibilityState === 'visible') void suspectConnection();
  };
  setInterval(ask, heartbeatMs);
  document.addEventListener('visibilitychange', ask);
}

/** Calls `listener` each time the server has returned. @returns the function that ends it. */
export function onServerReturn(listener: () => void): () => void {
  returnListeners.add(listener);
  return () => returnListeners.delete(listener);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(subscribe, () => state);
}
