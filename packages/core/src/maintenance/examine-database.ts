import { type DatabaseFacts, findDatabaseFacts } from '@twin/db/queries/database-facts';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';
import { examineVectorIndex } from './examine-vector-index.ts';
import { type DatabaseSetting, type Finding, judgeDatabase } from './judge-database.ts';

/** Looks at everything the database's health depends on, and judges it. Changes nothing. */
export async function examineDatabase(
  { db, databaseHome }: Pick<Deps, 'db' | 'databaseHome'>,
  scope: TwinScope,
  setting: DatabaseSetting,
): Promise<{ findings: Finding[]; facts: DatabaseFacts }> {
  const facts = await findDatabaseFacts(db);
  const findings = judgeDatabase(setting, facts);
  // Without the whole schema there is no index to look at yet.
  if (facts.pendingMigrations.length === 0) findings.push(await examineVectorIndex({ db, databaseHome }, scope));
  return { findings, facts };
}
