import { silentLogger } from '@twin/core/testing/create-test-deps';
import type { TwinScope } from '@twin/db/scope';
import { Hono } from 'hono';
import type { HttpEnv } from '../http/http-env.ts';
import { respondWithError } from '../rest/respond-with-error.ts';

/** What stands around one endpoint in the server: its caller is the owner, and its errors are answered. */
export function createEndpointApp(scope: TwinScope): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    c.set('requestId', 'request-1');
    c.set('principal', { kind: 'owner', scope, userId: 'local', label: 'owner' });
    await next();
  });
  app.onError((error, c) => respondWithError(c, error, silentLogger));
  return app;
}
