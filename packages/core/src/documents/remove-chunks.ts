import type { Db } from '@twin/db/db';
import { countChunks, deleteSomeChunks } from '@twin/db/queries/chunks';
import { lockVersionAt, type VersionRow } from '@twin/db/queries/versions';
import type { IngestionStage } from '@twin/db/schema';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Few enough that on one connection nobody waits long behind them. */
const CHUNKS_PER_TRANSACTION = 200;
/** Up to here the passages of a version go in the transaction that has them go. */
export const chunksAtOnceMax = 2_000;

/** Whether a version has too many passages to go at once. One that is being cut does not know yet how many it has. */
export async function isLong(db: Db, scope: TwinScope, { id, chunk_count }: VersionRow): Promise<boolean> {
  if (chunk_count !== null && chunk_count <= chunksAtOnceMax) return false;
  return (await countChunks(db, scope, id)) > chunksAtOnceMax;
}

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
