import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';

export interface Twin {
  id: number;
  name: string;
  /** Grows by one in every transaction that changes what a search can find. */
  corpusVersion: number;
}

export async function findTwin(db: Db, scope: TwinScope): Promise<Twin | undefined> {
  return await db
    .selectFrom('twin')
    .select(['id', 'name', 'corpus_version as corpusVersion'])
    .where('id', '=', scope.twinId)
    .executeTakeFirst();
}

export async function updateTwinName(db: Db, scope: TwinScope, name: string): Promise<void> {
  await db.updateTable('twin').set({ name }).where('id', '=', scope.twinId).execute();
}

/**
 * Marks that this transaction changes what a search can find; returns the new version. Such transactions of one twin
 * commit one after another from here on, so call it late.
 */
export async function incrementCorpusVersion(tx: Tx, scope: TwinScope): Promise<number> {
  const { corpus_version } = await tx
    .updateTable('twin')
    .set((row) => ({ corpus_version: row('corpus_version', '+', 1) }))
    .where('id', '=', scope.twinId)
    .returning('corpus_version')
    .executeTakeFirstOrThrow();
  return corpus_version;
}
