import { sql } from 'kysely';
import type { Db, Tx } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

export interface Twin {
  id: number;
  name: string;
  /** Grows by one in every transaction that changes what a search can find. */
  corpusVersion: number;
  bio: string;
  tone: string;
  person: 'first' | 'third';
  strictness: 'strict' | 'balanced';
  /** Tokens a model may use in one day of UTC; null for any number. */
  dailyTokensMax: number | null;
}

export async function findTwin(db: Db, scope: TwinScope): Promise<Twin | undefined> {
  return await db
    .selectFrom('twin')
    .select(['id', 'name', 'corpus_version as corpusVersion', 'bio', 'tone', 'person', 'strictness'])
    .select('daily_tokens_max as dailyTokensMax')
    .where('id', '=', scope.twinId)
    .executeTakeFirst();
}

/** The corpus version once no transaction is changing it: waits for one that is under way. */
export async function findSettledCorpusVersion(db: Db, scope: TwinScope): Promise<number | undefined> {
  const row = await db
    .selectFrom('twin')
    .select('corpus_version as corpusVersion')
    .where('id', '=', scope.twinId)
    .forShare()
    .executeTakeFirst();
  return row?.corpusVersion;
}

/** Changes who the twin is and what it may spend. */
export async function updateTwin(
  db: Db,
  scope: TwinScope,
  { dailyTokensMax, ...persona }: Omit<Twin, 'id' | 'corpusVersion'>,
): Promise<void> {
  const settings = { ...persona, daily_tokens_max: dailyTokensMax };
  await db.updateTable('twin').set(settings).where('id', '=', scope.twinId).execute();
}

/**
 * Marks that this transaction changes what a search can find, and deletes the answers kept from before, which may quote
 * what is gone; returns the new version. Such transactions of one twin commit one after another from here on, so call it
 * late.
 */
export async function incrementCorpusVersion(tx: Tx, scope: TwinScope): Promise<number> {
  const { rows } = await sql<{ version: number }>`${namedStatement('increment-corpus-version')}
    select increment_corpus_version(${scope.twinId}) as version`.execute(tx);
  return rows[0]?.version ?? 0;
}
