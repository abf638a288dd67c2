import { deleteBuckets } from '@twin/db/queries/rate-buckets';
import { resetRateLimits as deleteWindows } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type RateLimitPolicyName, rateLimitPolicyNames } from './policies.ts';

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
  const unknown = names.find((name) => !isPolicy(name) && !name.includes(':'));
  if (unknown !== undefined) {
    throw new AppError(
      'invalid-input',
      `There is no limit named “${unknown}”. \`limits list\` names them, and the keys of who was counted.`,
      { reason: 'unknown-limit' },
    );
  }
  const reset: string[] = [];
  for (const name of names) {
    if (isPolicy(name)) reset.push(...(await resetPolicy(deps, scope, name)));
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

function isPolicy(name: string): name is RateLimitPolicyName {
  return (rateLimitPolicyNames as readonly string[]).includes(name);
}
