import type { Db } from '@twin/db/db';
import { findImportProgress, upsertImportProgress } from '@twin/db/queries/import-progress';
import type { TwinScope } from '@twin/db/scope';

/** The pass that was cut off, with the cursor to go on at; after a finished one, the next from the start. */
export async function openPass(
  db: Db,
  scope: TwinScope,
  key: string,
): Promise<{ pass: number; cursor: string | null }> {
  const progress = await findImportProgress(db, scope, key);
  if (progress?.done === false) return { pass: progress.pass, cursor: progress.cursor };
  const pass = (progress?.pass ?? 0) + 1;
  await upsertImportProgress(db, scope, key, { pass, cursor: null, done: false });
  return { pass, cursor: null };
}
