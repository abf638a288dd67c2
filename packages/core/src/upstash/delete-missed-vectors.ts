import type { Db } from '@twin/db/db';
import { deleteImportedItems, listMissedItems } from '@twin/db/queries/imported-items';
import { deleteVectors } from '@twin/db/queries/vector-documents';
import type { TwinScope } from '@twin/db/scope';
import type { VectorSource } from './sources.ts';

const batchSize = 100;

/**
 * Deletes what an earlier pass brought and this one has not met, after the source has said by name that it is gone: a
 * page under change may leave out a vector that is still there. Returns how many.
 */
export async function deleteMissedVectors(
  db: Db,
  scope: TwinScope,
  { source, namespace }: { source: VectorSource; namespace: string },
  { key, pass }: { key: string; pass: number },
): Promise<number> {
  let deleted = 0;
  let afterId = '';
  for (;;) {
    const missed = await listMissedItems(db, scope, key, { pass, afterId, limit: batchSize });
    const last = missed.at(-1);
    if (last === undefined) return deleted;
    afterId = last.itemId;
    const found = await source.fetch(
      namespace,
      missed.map(({ itemId }) => itemId),
    );
    const gone = missed.filter((_item, index) => found[index] === null);
    const targets = gone.flatMap(({ targetId }) => (targetId === null ? [] : [targetId]));
    deleted += targets.length === 0 ? 0 : await deleteVectors(db, scope, targets);
    await deleteImportedItems(
      db,
      scope,
      key,
      gone.map(({ itemId }) => itemId),
    );
  }
}
