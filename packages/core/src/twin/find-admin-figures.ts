import { countCacheValues } from '@twin/db/queries/cache';
import { findDatabaseSize, listTableSizes, type TableSize } from '@twin/db/queries/stats';
import { listModelUsage, type ModelUsage } from '@twin/db/queries/token-usage';
import type { TwinScope } from '@twin/db/scope';
import { cacheKeys } from '../cache/cache-keys.ts';
import type { Deps } from '../deps.ts';

/** What takes a scan of whole tables to say. */
export interface AdminFigures {
  tables: TableSize[];
  databaseBytes: number;
  cached: { entries: number; bytes: number };
  /** What each model was used for in 30 days. */
  models: ModelUsage[];
}

const usageDaysShown = 30;
const whileShown = { ttlSeconds: 60, isCounted: false };

/** As they were at some moment of the last minute: Admin asks every few seconds, from every window that shows it. */
export async function findAdminFigures(deps: Pick<Deps, 'db' | 'cache'>, scope: TwinScope): Promise<AdminFigures> {
  const text = await deps.cache.getOrCompute(scope, cacheKeys.adminFigures(), whileShown, async () =>
    JSON.stringify(await compute(deps, scope)),
  );
  return JSON.parse(text) as AdminFigures;
}

async function compute({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<AdminFigures> {
  const [tables, databaseBytes, cached, models] = await Promise.all([
    listTableSizes(db),
    findDatabaseSize(db),
    countCacheValues(db, scope),
    listModelUsage(db, scope, usageDaysShown),
  ]);
  return { tables, databaseBytes, cached, models };
}
