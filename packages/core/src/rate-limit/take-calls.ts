import type { Db } from '@twin/db/db';
import { type BucketTaken, takeFromBucket } from '@twin/db/queries/rate-buckets';
import { checkRateLimit } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Counter } from './to-counter.ts';

/**
 * Takes up to `count` calls, in the way the counter counts: from a bucket in one statement, in a fixed window by one for
 * each call up to the first that is refused.
 */
export async function takeCalls(db: Db, scope: TwinScope, counter: Counter, count: number): Promise<BucketTaken> {
  if (counter.table !== 'rate_limits') return await takeFromBucket(db, scope, counter, { count });
  let granted = 0;
  let taken = await checkRateLimit(db, scope, counter);
  while (taken.allowed) {
    granted += 1;
    if (granted === count) break;
    taken = await checkRateLimit(db, scope, counter);
  }
  // All calls of a window come back at once: the next one together with the last.
  const fullMicros = taken.resetMs * 1000;
  return { granted, remaining: taken.remaining, retryMicros: taken.remaining > 0 ? 0 : fullMicros, fullMicros };
}
