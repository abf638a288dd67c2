import type { Db } from '@twin/db/db';
import type { EmbeddingModel } from '@twin/db/queries/embedding-models';
import { type IndexBuild, listIndexBuilds } from '@twin/db/queries/index-builds';

const everyMs = 1_000;

/** Says every second how far the build of a model's index is, until the returned function is called. */
export function watchIndexBuild(db: Db, { id }: EmbeddingModel, onProgress: (build: IndexBuild) => void): () => void {
  let isWatching = true;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    // Whoever cannot look now looks again: the build does not depend on it.
    const [build] = await listIndexBuilds(db, id).catch(() => []);
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
