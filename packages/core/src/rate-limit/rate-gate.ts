import type { Db } from '@twin/db/db';
import { type BucketTaken, deleteBucket } from '@twin/db/queries/rate-buckets';
import { resetRateLimit } from '@twin/db/queries/rate-limits';
import type { TwinScope } from '@twin/db/scope';
import { takeCalls } from './take-calls.ts';
import type { Counter } from './to-counter.ts';

export interface GateDecision {
  allowed: boolean;
  /** Calls left. */
  remaining: number;
  /** Until the next call would be allowed; 0 while some are left. */
  retryMs: number;
  /** Until all calls are free again. */
  fullMs: number;
}

/** The way to the counts in the database: exact over all processes, and cheap for those who are refused. */
export interface RateGate {
  take(scope: TwinScope, counter: Counter): Promise<GateDecision>;
  /** Whether the next call would be refused by what is remembered, without a query. */
  isRefused(scope: TwinScope, key: string): boolean;
  /** Forgets what was counted for a key, in whichever way, and the refusal. */
  reset(scope: TwinScope, key: string): Promise<boolean>;
  /** Asks the database again about everyone: limits have changed, or another process has reset one. */
  forgetRefusals(): void;
}

type TakeCalls = (scope: TwinScope, counter: Counter, count: number) => Promise<BucketTaken>;

interface Refusal {
  untilMs: number;
  fullMs: number;
}

interface Caller extends PromiseWithResolvers<GateDecision> {
  counter: Counter;
}

/** The callers of one key that wait for the statement under way to end; the next one asks for all of them. */
type Waiting = Caller[];

/** Refusals remembered at once; the oldest goes first and costs its caller's next call a query. */
const refusalsMax = 10_000;
/** A refusal is believed this long at most, so that one that was lifted behind the product's back ends too. */
export const refusalMsMax = 60_000;
/** Calls one statement asks for. */
const askedMax = 1_000;

/**
 * Remembers refusals: a bucket fills at a known pace, a window ends at a known time, and nothing but a reset comes before,
 * so until the next call is free the database would only repeat itself, and is not asked. The wait counts from before the
 * question was sent, on a clock that never goes back: it ends no later than the database would say yes.
 *
 * Asks once at a time for each key: callers that come meanwhile share the next statement's grant, in their order. It counts
 * by the limit that the last of them brought, so a changed one holds from the next statement on.
 *
 * @param monotonicMs replaces the process's clock in tests; `take` the database.
 */
export function createRateGate(
  db: Db,
  {
    monotonicMs = () => performance.now(),
    take = (scope, counter, count) => takeCalls(db, scope, counter, count),
  }: { monotonicMs?: () => number; take?: TakeCalls } = {},
): RateGate {
  const refusals = new Map<string, Refusal>();
  const waitingByKey = new Map<string, Waiting>();
  let resets = 0;

  function findRefusal(id: string): GateDecision | undefined {
    const refusal = refusals.get(id);
    if (refusal === undefined) return undefined;
    const now = monotonicMs();
    if (now >= refusal.untilMs) {
      refusals.delete(id);
      return undefined;
    }
    const retryMs = Math.ceil(refusal.untilMs - now);
    return { allowed: false, remaining: 0, retryMs, fullMs: Math.max(retryMs, Math.ceil(refusal.fullMs - now)) };
  }

  function remember(id: string, taken: BucketTaken, askedAtMs: number): void {
    const untilMs = askedAtMs + Math.min(taken.retryMicros / 1000, refusalMsMax);
    if (untilMs <= monotonicMs()) return;
    refusals.delete(id);
    refusals.set(id, { untilMs, fullMs: askedAtMs + taken.fullMicros / 1000 });
    for (const oldest of refusals.keys()) {
      if (refusals.size <= refusalsMax) break;
      refusals.delete(oldest);
    }
  }

  async function askForAll(id: string, scope: TwinScope, waiting: Waiting): Promise<void> {
    for (;;) {
      const asking = waiting.splice(0, askedMax);
      const newest = asking.at(-1);
      if (newest === undefined) break;
      const askedAtMs = monotonicMs();
      const resetsBefore = resets;
      try {
        const taken = await take(scope, newest.counter, asking.length);
        // An answer from before a reset says nothing about now.
        if (taken.granted < asking.length && resets === resetsBefore) remember(id, taken, askedAtMs);
        for (const [index, caller] of asking.entries()) caller.resolve(decide(taken, index));
      } catch (error) {
        for (const caller of asking) caller.reject(error);
      }
    }
    waitingByKey.delete(id);
  }

  return {
    async take(scope, counter) {
      const id = idOf(scope, counter.key);
      const refusal = findRefusal(id);
      if (refusal !== undefined) return refusal;
      const caller = { ...Promise.withResolvers<GateDecision>(), counter };
      const waiting = waitingByKey.get(id);
      if (waiting !== undefined) {
        waiting.push(caller);
      } else {
        const first = [caller];
        waitingByKey.set(id, first);
        void askForAll(id, scope, first);
      }
      return await caller.promise;
    },
    isRefused: (scope, key) => findRefusal(idOf(scope, key)) !== undefined,
    async reset(scope, key) {
      const wasInWindow = await resetRateLimit(db, scope, key);
      // Last, since it tells the other processes. Both: the owner may have changed how the policy counts.
      const wasInBucket = await deleteBucket(db, scope, key);
      resets += 1;
      return refusals.delete(idOf(scope, key)) || wasInWindow || wasInBucket;
    },
    forgetRefusals() {
      resets += 1;
      refusals.clear();
    },
  };
}

function idOf({ twinId }: TwinScope, key: string): string {
  return `${twinId}:${key}`;
}

/** What the grant of one statement means for the caller at `index` of those who shared it. */
function decide({ granted, remaining, retryMicros, fullMicros }: BucketTaken, index: number): GateDecision {
  const allowed = index < granted;
  return {
    allowed,
    remaining: allowed ? remaining + granted - 1 - index : 0,
    retryMs: allowed && remaining + granted - 1 - index > 0 ? 0 : Math.ceil(retryMicros / 1000),
    fullMs: Math.ceil(fullMicros / 1000),
  };
}
