import { AppError } from '@twin/core/app-error';
import { limits } from '@twin/core/limits';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';

/**
 * The request's body as `schema` wants it, never more than `jsonBodyBytesMax` of it in memory.
 * @throws AppError `too-large` or `invalid-input`; ZodError when the JSON has the wrong shape.
 */
export async function readJson<T extends z.ZodType>(c: Context<HttpEnv>, schema: T): Promise<z.output<T>> {
  const chunks: Uint8Array[] = [];
  let byteSize = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    byteSize += chunk.byteLength;
    if (byteSize > limits.jsonBodyBytesMax) {
      throw bodyTooLarge();
    }
    chunks.push(chunk);
  }
  return schema.parse(parseJson(Buffer.concat(chunks)));
}

export function bodyTooLarge(): AppError {
  const megabytes = limits.jsonBodyBytesMax / 1024 / 1024;
  const message = `The request body is larger than ${megabytes} MB. Upload large files with PUT /api/uploads instead.`;
  return new AppError('too-large', message);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('invalid-input', 'The request body is not valid JSON. Send one JSON object.', {
      reason: 'malformed-json',
      cause,
    });
  }
}
