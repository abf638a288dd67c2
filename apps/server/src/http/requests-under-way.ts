import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** Requests that will end by themselves, so that a shutdown can wait for them. Subscriptions are left out. */
export interface RequestsUnderWay {
  count: MiddlewareHandler<HttpEnv>;
  /** Resolves when none is left, or after `msMax`. */
  ended(msMax: number): Promise<void>;
}

export function createRequestsUnderWay(): RequestsUnderWay {
  let underWay = 0;
  let onEnded = () => {};
  return {
    count: async (c, next) => {
      const isSubscription = c.req.method === 'GET' && c.req.header('accept')?.includes('text/event-stream') === true;
      if (!isSubscription) {
        underWay += 1;
        c.env.outgoing.once('close', () => {
          underWay -= 1;
          if (underWay === 0) {
            onEnded();
          }
        });
      }
      await next();
    },
    async ended(msMax) {
      if (underWay > 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        onEnded = resolve;
        await Promise.race([promise, delay(msMax, undefined, { ref: false })]);
      }
    },
  };
}
