import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/**
 * Frees a caller who is refused, in every process within a second. `key` is one that the admin overview lists. False
 * when nothing was counted.
 */
export async function resetRateLimit(
  { rateGate }: Pick<Deps, 'rateGate'>,
  scope: TwinScope,
  key: string,
): Promise<boolean> {
  return await rateGate.reset(scope, key);
}
