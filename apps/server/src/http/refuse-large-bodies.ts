import { limits } from '@twin/core/limits';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { bodyTooLarge } from '../rest/read-json.ts';
import type { HttpEnv } from './http-env.ts';
import { uploadPath } from './require-json.ts';

/** No JSON body beyond `jsonBodyBytesMax`, announced or not. Uploads have a limit of their own. */
export function refuseLargeBodies(): MiddlewareHandler<HttpEnv> {
  const limited = bodyLimit({
    maxSize: limits.jsonBodyBytesMax,
    onError: () => {
      throw bodyTooLarge();
    },
  });
  return async (c, next) => (c.req.path === uploadPath ? await next() : await limited(c, next));
}
