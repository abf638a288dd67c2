import type { ServerResponse } from 'node:http';
import type { FakeModelBehaviour } from './fake-model-behaviour.ts';

export function sendHttpError(
  response: ServerResponse,
  error: Extract<FakeModelBehaviour, { kind: 'http-error' }>,
): void {
  if (error.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(error.retryAfterSeconds));
  sendJson(response, error.status, {
    error: { message: error.message ?? `Scripted status ${error.status}`, type: 'scripted', code: error.code ?? null },
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
