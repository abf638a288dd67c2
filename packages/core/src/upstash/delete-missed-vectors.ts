import type { Db } from '@twin/db/db';
import { deleteImportedItems, listMissedItems } from '@twin/db/queries/imported-items';
import { deleteReleasedVectors } from '@twin/db/queries/vector-documents';
import type { TwinScope } from '@twin/db/scope';
import { namespaceKey } from './namespace-key.ts';
import type { VectorSource } from './sources.ts';

const batchSize = 100;

/**
 * Deletes what an earlier pass brought and this one has not met, after the source has said by name that it is gone: a
 * page under change may leave out a vector that is still there. A vector that another item has become meanwhile stays.
 * Returns how many were deleted.
 *
 * @param isGone the source has no such namespace any more, and need not be asked.
 */
export async function deleteMissedVectors(
  db: Db,
  scope: TwinScope,
  { source, namespace, isGone = false }: { source: VectorSource; namespace: string; isGone?: boolean },
  pass: number,
): Promise<number> {
  const key = namespaceKey(source, namespace);
  let deleted = 0;
  let afterId = '';
  for (;;) {
    const missed = await listMissedItems(db, scope, key, { pass, afterId, limit: batchSize });
    const last = missed.at(-1);
    if (last === undefined) return deleted;
    afterId = last.itemId;
    const ids = missed.map(({ itemId }) => itemId);
    const found = isGone ? ids.map(() => null) : await source.fetch(namespace, ids);
    const gone = missed.filter((_item, index) => found[index] === null);
    deleted += await db.transaction().execute(async (tx) => {
      await deleteImportedItems(
        tx,
        scope,
        key,
        gone.map(({ itemId }) => itemId),
      );
      const targets = gone.flatMap(({ targetId }) => (targetId === null ? [] : [targetId]));
      return await deleteReleasedVectors(tx, scope, targets);
    });
  }
}
