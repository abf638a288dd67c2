import type { Db } from '@twin/db/db';
import { type IndexBuild, listIndexBuilds } from '@twin/db/queries/index-builds';

const everyMs = 1_000;

/**
 * Says every second how far the build of an index is, until the returned function is called.
 *
 * @param modelId only of one on this model's vectors; undefined for any, also on a table that no other transaction sees yet.
 */
export function watchIndexBuild(
  db: Db,
  modelId: number | undefined,
  onProgress: (build: IndexBuild) => void,
): () => void {
  let isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    // Whoever cannot look now looks again: the build does not depend on it.
    const [build] = await listIndexBuilds(db, modelId).catch(() => []);
    if (!isWatching) return;
    if (build !== undefined) onProgress(build);
    timer = setTimeout(() => void look(), everyMs).unref();
  };
  void look();
  return () => {
    isWatching = false;
    clearTimeout(timer);
  };
}
