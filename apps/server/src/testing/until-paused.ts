import { setTimeout as delay } from 'node:timers/promises';
import { findPausedSession, findPauseMark, type PausePoint } from '@twin/db/testing/pause-ingestion';
import type { TestHome } from './create-test-home.ts';

/** Resolves with the point at which ingestion stands still: one of these, at which `pauseIngestion` has it do so. */
export async function untilPaused(home: TestHome, points: readonly PausePoint[]): Promise<PausePoint> {
  const { DATA_DIR: dataDir = '', DATABASE_URL: url } = home.variables;
  const found = async (find: () => Promise<PausePoint | undefined>) => {
    for (;;) {
      const point = await find();
      if (point !== undefined) return point;
      await delay(10);
    }
  };
  if (url === undefined) return await found(() => Promise.resolve(findPauseMark(dataDir, points)));
  return await home.look(async ({ db }) => await found(() => findPausedSession(db, points)));
}
