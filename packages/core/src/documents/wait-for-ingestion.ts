import { listVersions } from '@twin/db/queries/versions';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { createWakeUp } from '../wake-up.ts';
import type { IngestionView } from './document-view.ts';
import { isFinalStage } from './stages.ts';
import { toIngestionView } from './to-document-view.ts';

/** How often another process's progress is looked for. */
const POLL_MS = 500;

/**
 * Waits until each version is ready, failed, canceled or replaced, or until `timeoutMs` have passed; `settled` tells
 * which. Views are in the order asked; a version that was deleted meanwhile is left out.
 */
export async function waitForIngestion(
  deps: Deps,
  scope: TwinScope,
  versionIds: readonly number[],
  { timeoutMs }: { timeoutMs: number },
): Promise<{ settled: boolean; ingestions: IngestionView[] }> {
  const deadline = performance.now() + timeoutMs;
  const bell = createWakeUp();
  const unsubscribe = deps.announcements.subscribe('ingestion', bell.ring);
  try {
    for (;;) {
      const rows = new Map((await listVersions(deps.db, scope, versionIds)).map((row) => [row.id, row]));
      const ingestions = versionIds.flatMap((id) => rows.get(id) ?? []).map(toIngestionView);
      const settled = ingestions.every((ingestion) => isFinalStage(ingestion.stage));
      const remainingMs = deadline - performance.now();
      if (settled || remainingMs <= 0) return { settled, ingestions };
      await bell.wait(Math.min(POLL_MS, remainingMs));
    }
  } finally {
    unsubscribe();
  }
}
