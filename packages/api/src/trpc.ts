import { initTRPC } from '@trpc/server';
import type { Principal } from '@twin/core/principal';
import type { RateLimitDoor } from '@twin/core/rate-limit/policies';
import type { Context } from './context.ts';
import { typedError } from './typed-error.ts';

/** Declared by every procedure; a procedure without one is refused, and a test lists them all. */
export interface ProcedureMeta {
  door: RateLimitDoor;
  allowed: readonly Principal['kind'][];
}

/** The one tRPC instance. JSON as it is, no transformer: dates are ISO strings in every view. */
export const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      // A stream that goes on is asked for anew, by whoever may still have it: signing out ends it within this time.
      maxDurationMs: 3 * 60_000,
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    // What a subscription throws never passed the middleware, and its client reconnects for ever after a code of the
    // 5xx kind: the code has to come from the error itself.
    errorFormatter: ({ error, ctx }) => typedError(error, ctx?.requestId ?? null),
  });
