import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface ImportProgress {
  /** From 1; each whole reading of a source is one. */
  pass: number;
  /** Where the next page starts; null for the first. */
  cursor: string | null;
  /** Whether the pass has read everything. */
  done: boolean;
}

export async function findImportProgress(
  db: Db,
  scope: TwinScope,
  source: string,
): Promise<ImportProgress | undefined> {
  return await db
    .selectFrom('import_progress')
    .select(['pass', 'cursor', 'done'])
    .where('twin_id', '=', scope.twinId)
    .where('source', '=', source)
    .executeTakeFirst();
}

/** Moves an import on. Call it in the transaction that stores the page before `cursor`. */
export async function upsertImportProgress(
  db: Db,
  scope: TwinScope,
  source: string,
  progress: ImportProgress,
): Promise<void> {
  await db
    .insertInto('import_progress')
    .values({ twin_id: scope.twinId, source, ...progress })
    .onConflict((conflict) =>
      conflict.columns(['twin_id', 'source']).doUpdateSet({ ...progress, updated_at: sql<Date>`now()` }),
    )
    .execute();
}
