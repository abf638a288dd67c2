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
  /** A request is over when its answer has been sent or its caller is gone, and its handler has come to an end as well. */
  const track: MiddlewareHandler<HttpEnv> = async (c, next) => {
    underWay += 1;
    const sent = Promise.withResolvers<void>();
    c.env.outgoing.once('close', sent.resolve);
    const handled = next();
    void Promise.allSettled([sent.promise, handled]).then(() => {
      underWay -= 1;
      if (underWay === 0) onEnded();
    });
    await handled;
  };
  return {
    count: async (c, next) => {
      const isSubscription = c.req.method === 'GET' && c.req.header('accept')?.includes('text/event-stream') === true;
      if (!isSubscription) {
        await track(c, next);
      } else {
        await next();
      }
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
