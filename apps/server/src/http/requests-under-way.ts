import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** Requests that will end by themselves, so that a shutdown can wait for them. Subscriptions are left out. */
export interface RequestsUnderWay {
  count: MiddlewareHandler<HttpEnv>;
  /** Resolves when none is left, or after `msMax`. */
  ended(msMax: number): Promise<void>;
}

const pollMs = 50;

export function createRequestsUnderWay(): RequestsUnderWay {
  let underWay = 0;
  return {
    count: async (c, next) => {
      const isSubscription = c.req.method === 'GET' && c.req.header('accept')?.includes('text/event-stream') === true;
      if (!isSubscription) {
        underWay += 1;
        c.env.outgoing.once('close', () => {
          underWay -= 1;
        });
      }
      await next();
    },
    async ended(msMax) {
      const deadline = performance.now() + msMax;
      while (underWay > 0 && performance.now() < deadline) {
        await delay(pollMs);
      }
    },
  };
}
