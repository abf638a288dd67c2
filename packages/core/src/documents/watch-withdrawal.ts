import { findUnfinishedVersion } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Another process may cancel or delete: that is noticed this late. */
const CHECK_MS = 2_000;
/** In this process it is announced, as is every step of every document: one look for all that come together. */
const ANNOUNCED_CHECK_MS = 100;

/**
 * A signal that aborts when the version being worked on is canceled, replaced or deleted, so that reading a long file
 * or waiting for a model stops with it.
 */
export function watchWithdrawal(deps: Deps, scope: TwinScope, versionId: number): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  let isChecking = false;
  let announced: NodeJS.Timeout | undefined;
  const check = async () => {
    announced = undefined;
    if (isChecking) return;
    isChecking = true;
    // A database that does not answer is the worker's own problem, reported there.
    const version = await findUnfinishedVersion(deps.db, scope, versionId).catch(() => 'unknown' as const);
    isChecking = false;
    if (version === undefined) controller.abort();
  };
  const interval = setInterval(() => void check(), CHECK_MS);
  const unsubscribe = deps.announcements.subscribe('ingestion', () => {
    announced ??= setTimeout(() => void check(), ANNOUNCED_CHECK_MS);
  });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearInterval(interval);
      clearTimeout(announced);
      unsubscribe();
    },
  };
}
