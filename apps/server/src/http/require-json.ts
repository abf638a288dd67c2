import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** The one route that takes other bytes. */
export const uploadPath = '/api/uploads';

/** Whatever changes something is sent as JSON: a type no HTML form and no preflight-free request can have. */
export const requireJson: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (changes && c.req.path !== uploadPath && !isJson(c.req.header('content-type'))) {
    throw new AppError('unsupported-type', 'Send JSON with the header "Content-Type: application/json".', {
      reason: 'content-type',
    });
  }
  await next();
};

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
