import type { Db } from '@twin/db/db';
import { type BucketTaken, takeFromBucket } from '@twin/db/queries/rate-buckets';
import { checkRateLimit } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import type { Counter } from './to-counter.ts';

/** Takes up to `count` calls in one statement, in the way the counter counts: from a bucket, or in a fixed window. */
export async function takeCalls(db: Db, scope: TwinScope, counter: Counter, count: number): Promise<BucketTaken> {
  if (counter.table !== 'rate_limits') return await takeFromBucket(db, scope, counter, { count });
  const { granted, remaining, resetMs } = await checkRateLimit(db, scope, { ...counter, count });
  // All calls of a window come back at once: the next one together with the last.
  const fullMicros = resetMs * 1000;
  return { granted, remaining, retryMicros: remaining > 0 ? 0 : fullMicros, fullMicros };
}
