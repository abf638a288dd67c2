import { Hono } from 'hono';
import type { HttpEnv } from './http-env.ts';
import type { ServerParts } from './server-parts.ts';

/** `/healthz`: the process answers. `/readyz`: it can do its work. Open to everyone, so neither tells more than that. */
export function healthEndpoints({ readiness }: ServerParts): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const { ready, checks } = await readiness.check();
      return c.json({ status: ready ? 'ready' : 'not-ready', checks }, ready ? 200 : 503);
    });
}
