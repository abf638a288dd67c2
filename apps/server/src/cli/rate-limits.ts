import { countOf } from '@twin/core/count-of';
import { findRateLimitUse } from '@twin/core/rate-limit/find-rate-limit-use';
import { listRateLimitUse } from '@twin/core/rate-limit/list-rate-limit-use';
import { listRateLimits } from '@twin/core/rate-limit/list-rate-limits';
import { nameWindow } from '@twin/core/rate-limit/name-window';
import { createRateGate } from '@twin/core/rate-limit/rate-gate';
import { createRatePolicies } from '@twin/core/rate-limit/rate-policies';
import { resetRateLimits } from '@twin/core/rate-limit/reset-rate-limits';
import { openDatabase } from '@twin/db/client';
import type { Db } from '@twin/db/db';
import { installationScope } from '../auth/authenticate.ts';
import { databaseConfigOf } from '../database-config.ts';
import type { Env } from '../env.ts';
import type { CommandResult } from './terminal.ts';

/** Says which limits hold and who is nearest to one. */
export async function listLimits(env: Env): Promise<CommandResult> {
  return await withDatabase(env, async (db) => {
    const deps = { db, ratePolicies: createRatePolicies(db, createRateGate(db)) };
    const limits = await listRateLimits(deps, installationScope);
    const use = await listRateLimitUse(deps, installationScope);
    const lines = [
      'Limits:',
      ...limits.map(
        ({ policy, limit, windowSeconds, describes, per, algorithm }) =>
          `  ${policy}: ${countOf(limit, ...describes)} per ${nameWindow(windowSeconds)} and ${per}` +
          (algorithm === 'fixed-window' ? ', all free again at its end' : ''),
      ),
      '',
      use.length === 0 ? 'Nobody has used any.' : 'Used, the nearest to its limit first:',
      ...use.map(
        ({ key, count, limit, resetMs }) =>
          `  ${key}: ${count} of ${limit}, free again in ${Math.ceil(resetMs / 1000)} s`,
      ),
    ];
    return { text: lines.join('\n'), data: { limits, use } };
  });
}

/** Says what one key has used: of a caller whom the list has no room for, or of code that counts by itself. */
export async function showLimitUse(env: Env, key: string): Promise<CommandResult> {
  return await withDatabase(env, async (db) => {
    const deps = { db, ratePolicies: createRatePolicies(db, createRateGate(db)) };
    const use = await findRateLimitUse(deps, installationScope, key);
    const calls =
      use.limit === null
        ? `${countOf(use.count, 'call')} in the window that is open now`
        : `${use.count} of ${use.limit}`;
    return { text: use.count === 0 ? `Nothing is counted for ${key}.` : `${key}: ${calls}.`, data: use };
  });
}

/** Frees callers, by the keys that `listLimits` shows, or all that a policy counts. Running servers notice within a second. */
export async function resetLimits(env: Env, names: readonly string[]): Promise<CommandResult> {
  return await withDatabase(env, async (db) => {
    const reset = await resetRateLimits({ db, rateGate: createRateGate(db) }, installationScope, names);
    const text = reset.length === 0 ? 'Nothing was counted there.' : `Reset: ${reset.join(', ')}.`;
    return { text, data: { reset } };
  });
}

async function withDatabase(env: Env, use: (db: Db) => Promise<CommandResult>): Promise<CommandResult> {
  const database = await openDatabase(databaseConfigOf(env), { leaveAsItIs: true });
  try {
    return await use(database.db);
  } finally {
    await database.close();
  }
}
