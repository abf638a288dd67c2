import { deleteSomeChunks } from '@twin/db/queries/chunks';
import { lockVersionAt } from '@twin/db/queries/versions';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Few enough that on one connection nobody waits long behind them. */
const CHUNKS_PER_TRANSACTION = 200;
/** Up to here the passages of a version go in the transaction that has them go. */
export const chunksAtOnceMax = 2_000;

/**
 * Removes the passages of a version that nobody is shown, a few in a transaction: those of a long table are more than a
 * hundred thousand. Stops where the version is not at `stage` any more; an interruption leaves the rest.
 */
export async function removeChunks(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  { versionId, stage }: { versionId: number; stage: IngestionStage },
  signal?: AbortSignal,
): Promise<void> {
  for (let removed = CHUNKS_PER_TRANSACTION; removed === CHUNKS_PER_TRANSACTION; ) {
    signal?.throwIfAborted();
    removed = await db.transaction().execute(async (tx) => {
      if ((await lockVersionAt(tx, scope, versionId, stage)) === undefined) return 0;
      return await deleteSomeChunks(tx, scope, { versionId, limit: CHUNKS_PER_TRANSACTION });
    });
  }
}
