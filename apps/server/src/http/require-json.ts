import { AppError } from '@twin/core/app-error';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** The one route that takes other bytes. */
export const uploadPath = '/api/uploads';

/** What another site's page cannot send unasked: these read, and for a DELETE the browser asks first. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE']);

/** Whatever else changes something is sent as JSON: a type no HTML form and no preflight-free request can have. */
export const requireJson: MiddlewareHandler<HttpEnv> = async (c, next) => {
  if (!bodiless.has(c.req.method) && c.req.path !== uploadPath && !isJson(c.req.header('content-type'))) {
    throw new AppError('unsupported-type', 'Send JSON with the header "Content-Type: application/json".', {
      reason: 'content-type',
    });
  }
  await next();
};

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
