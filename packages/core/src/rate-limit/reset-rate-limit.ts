import { resetRateLimit as deleteWindow } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Deps } from '../deps.ts';

/** Frees a caller whose window is full. `key` is one that the admin overview lists. False when nothing was counted. */
export async function resetRateLimit(deps: Deps, scope: TwinScope, key: string): Promise<boolean> {
  return await deleteWindow(deps.db, scope, key);
}
