import type { Bucket } from '@twin/db/queries/rate-buckets';
import type { RateWindow } from '@twin/db/queries/rate-limits';
import type { RateLimitInForce } from './policies.ts';
import { toBucket } from './to-bucket.ts';

/** What a caller's calls are taken from; the table tells which. */
export type Counter = Bucket | (RateWindow & { table: 'rate_limits' });

/** A policy, as the owner has set it, for one caller. */
export function toCounter(rules: RateLimitInForce, key: string): Counter {
  if (rules.algorithm === 'token-bucket') return toBucket(rules, key);
  return { table: 'rate_limits', key, limit: rules.limit, windowSeconds: rules.windowSeconds };
}
