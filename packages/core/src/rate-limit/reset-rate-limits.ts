import { deleteBuckets } from '@twin/db/queries/rate-buckets';
import { resetRateLimits as deleteWindows, getRateLimitCount } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { isRateLimitPolicy, type RateLimitPolicyName } from './policies.ts';

/**
 * Frees callers, by the keys they are counted under, or all that a policy counts when its name is given. Other processes
 * notice within a second. Returns the keys under which something was counted.
 *
 * @throws AppError `invalid-input` when a name is neither a policy nor a key.
 */
export async function resetRateLimits(
  deps: Pick<Deps, 'db' | 'rateGate'>,
  scope: TwinScope,
  names: readonly string[],
): Promise<string[]> {
  for (const name of names) await refuseUnknown(deps.db, scope, name);
  const reset: string[] = [];
  for (const name of names) {
    if (isRateLimitPolicy(name)) reset.push(...(await resetPolicy(deps, scope, name)));
    else if (await deps.rateGate.reset(scope, name)) reset.push(name);
  }
  return reset;
}

/** However it counts, and counted before. The buckets last, since that tells the other processes. */
async function resetPolicy({ db }: Pick<Deps, 'db'>, scope: TwinScope, policy: RateLimitPolicyName): Promise<string[]> {
  const windows = await deleteWindows(db, scope, policy);
  const buckets = await deleteBuckets(db, scope, policy);
  return [...new Set([...buckets, ...windows])];
}

/** A word that is neither a limit's name nor looks like a caller's key is a slip, unless code of one's own counts under it. */
async function refuseUnknown(db: Deps['db'], scope: TwinScope, name: string): Promise<void> {
  if (isRateLimitPolicy(name) || name.includes(':') || (await getRateLimitCount(db, scope, name)) > 0) return;
  throw new AppError(
    'invalid-input',
    `There is no limit named “${name}”, and nothing is counted under it. \`limits list\` names them, and the keys of who was counted.`,
    { reason: 'unknown-limit' },
  );
}
