import type { Bucket } from '@twin/db/queries/rate-buckets';
import type { RateLimitPolicy } from './policies.ts';

/**
 * A policy's limit and window as bucket and refill. The interval is rounded up to whole microseconds, so the rate never
 * passes the policy's; at most by one part in a million below it for every policy of a call a second or less.
 */
export function toBucket({ limit, windowSeconds, survivesCrash }: RateLimitPolicy, key: string): Bucket {
  return {
    table: survivesCrash === true ? 'rate_quota' : 'rate_bucket',
    key,
    burst: limit,
    intervalMicros: Math.ceil((windowSeconds * 1_000_000) / limit),
  };
}
