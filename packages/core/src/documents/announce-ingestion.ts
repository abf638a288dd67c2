import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Tells whoever watches in this process that a version changed. Call it after the change is committed. */
export function announceIngestion(
  { announcements }: Pick<Deps, 'announcements'>,
  scope: TwinScope,
  versionId: number,
): void {
  announcements.publish('ingestion', { twinId: scope.twinId, versionId });
}

/**
 * Resolves when an ingestion in this process changes, when `waitMs` have passed (another process may have changed one),
 * or when `signal` aborts.
 */
export function nextIngestionChange(
  { announcements }: Pick<Deps, 'announcements'>,
  waitMs: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timeout);
      unsubscribe();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timeout = setTimeout(end, waitMs);
    const unsubscribe = announcements.subscribe('ingestion', end);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
  });
}
