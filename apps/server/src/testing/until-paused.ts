import { setTimeout as delay } from 'node:timers/promises';
import { findPausedSession, findPauseMark, type PausePoint } from '@twin/db/testing/pause-ingestion';
import type { TestHome } from './create-test-home.ts';

/** Far more than a busy machine takes to a point, and less than the tests that wait for one may last. */
const WAIT_MS_MAX = 120_000;

/**
 * Resolves with the point at which ingestion stands still: one of these, at which `pauseIngestion` has it do so.
 *
 * @throws Error with the points when it comes to none of them in time. Rejects soon after `signal` is aborted.
 */
export async function untilPaused(
  home: TestHome,
  points: readonly PausePoint[],
  { signal, waitMsMax = WAIT_MS_MAX }: { signal?: AbortSignal; waitMsMax?: number } = {},
): Promise<PausePoint> {
  const { DATA_DIR: dataDir = '', DATABASE_URL: url } = home.variables;
  const found = async (find: () => Promise<PausePoint | undefined>) => {
    for (const end = performance.now() + waitMsMax; performance.now() < end; ) {
      const point = await find();
      if (point !== undefined) return point;
      await delay(10, undefined, signal && { signal });
    }
    throw new Error(`Ingestion has come to none of these points in ${waitMsMax / 1000} s: ${points.join(', ')}`);
  };
  if (url === undefined) return await found(() => Promise.resolve(findPauseMark(dataDir, points)));
  return await home.look(async ({ db }) => await found(() => findPausedSession(db, points)));
}
