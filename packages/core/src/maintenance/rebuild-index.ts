import { deleteDatabaseValue } from '@twin/db/queries/cache';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { rebuildVectorIndex } from '@twin/db/queries/vector-index';
import { updateVectorIndexKind } from '@twin/db/queries/vector-index-kind';
import type { TwinScope } from '@twin/db/scope';
import type { VectorIndexKind } from '@twin/db/vector';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';

/**
 * Builds the index on the vectors that answer anew, of another kind when one is given; that kind then holds for all indexes
 * made later. Searches go on. False where none is needed: embedded, without vectors, or with too few for lists.
 */
export async function rebuildIndex(
  { db, databaseHome }: Pick<Deps, 'db' | 'databaseHome'>,
  scope: TwinScope,
  kind?: VectorIndexKind,
): Promise<boolean> {
  if (kind !== undefined) await updateVectorIndexKind(db, kind);
  const model = await findActiveEmbeddingModel(db);
  const isBuilt = model !== undefined && (await rebuildVectorIndex(db, databaseHome, model));
  await deleteDatabaseValue(db, scope, cacheKeys.vectorIndex());
  return isBuilt;
}
