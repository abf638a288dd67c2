import { deleteSomeChunks } from '@twin/db/queries/chunks';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Few enough that on one connection nobody waits long behind them. */
const CHUNKS_PER_TRANSACTION = 200;

/**
 * Removes the passages of a version that nobody is shown, a few in a transaction: those of a long table are more than a
 * hundred thousand. An interruption leaves the rest.
 */
export async function removeChunks(
  { db }: Pick<Deps, 'db'>,
  scope: TwinScope,
  versionId: number,
  signal?: AbortSignal,
): Promise<void> {
  for (let removed = CHUNKS_PER_TRANSACTION; removed === CHUNKS_PER_TRANSACTION; ) {
    signal?.throwIfAborted();
    removed = await db
      .transaction()
      .execute((tx) => deleteSomeChunks(tx, scope, { versionId, limit: CHUNKS_PER_TRANSACTION }));
  }
}
