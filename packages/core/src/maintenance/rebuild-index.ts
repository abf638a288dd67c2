import { deleteDatabaseValue } from '@twin/db/queries/cache';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import type { IndexBuild } from '@twin/db/queries/index-builds';
import { rebuildVectorIndex } from '@twin/db/queries/vector-index';
import { updateVectorIndexKind } from '@twin/db/queries/vector-index-kind';
import type { TwinScope } from '@twin/db/scope';
import type { VectorIndexKind } from '@twin/db/vector';
import { AppError } from '../app-error.ts';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';
import { watchIndexBuild } from './watch-index-build.ts';

/**
 * Builds the index on the vectors that answer anew, of another kind when one is given; that kind then holds for all indexes
 * made later. Searches go on. False where none is needed: embedded, without vectors, or with too few for lists.
 *
 * @param onProgress told every second how far the build is.
 * @throws AppError `conflict` while another process builds; the kind is then as it was.
 */
export async function rebuildIndex(
  { db, databaseHome }: Pick<Deps, 'db' | 'databaseHome'>,
  scope: TwinScope,
  { kind, onProgress }: { kind?: VectorIndexKind | undefined; onProgress?: (build: IndexBuild) => void } = {},
): Promise<boolean> {
  const model = await findActiveEmbeddingModel(db);
  if (model === undefined) {
    if (kind !== undefined) await updateVectorIndexKind(db, kind);
    return false;
  }
  const stopWatching = onProgress === undefined ? () => undefined : watchIndexBuild(db, model.id, onProgress);
  try {
    const outcome = await rebuildVectorIndex(db, databaseHome, model, kind);
    if (outcome === 'under-way') {
      throw new AppError(
        'conflict',
        'Another process is building the index at this moment. Run this again when it is done; `doctor` says how far it is.',
        { reason: 'under-way' },
      );
    }
    return outcome === 'built';
  } finally {
    stopWatching();
    await deleteDatabaseValue(db, scope, cacheKeys.vectorIndex());
  }
}
