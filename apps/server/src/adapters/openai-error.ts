import { AppError } from '@twin/core/app-error';
import { APIConnectionError, APIError } from 'openai';
import { type OpenAiEndpoint, ResponseTooLargeError } from './openai-client.ts';

/** What a failed call was about, for messages a person can act on. */
export interface ModelCall {
  endpoint: OpenAiEndpoint;
  model: string;
  /** The environment variable that names the model. */
  setting: 'CHAT_MODEL' | 'EMBEDDING_MODEL';
}

/** Why a model call failed, as `AppError.reason`. */
export type ModelFailure =
  | 'unreachable'
  | 'server-error'
  | 'rate-limit'
  | 'quota'
  | 'timeout'
  | 'broken-answer'
  | 'too-long'
  | 'bad-key'
  | 'unknown-model'
  | 'bad-request'
  | 'bad-vectors';

const transient: ReadonlySet<string | undefined> = new Set<ModelFailure>([
  'unreachable',
  'server-error',
  'rate-limit',
  'broken-answer',
]);

/** Whether the same call may succeed a moment later. */
export function isTransient(error: unknown): error is AppError {
  return error instanceof AppError && transient.has(error.reason);
}

/** Any failure of the SDK as an AppError whose message says what to do. Neither message nor cause can hold the key. */
export function toModelError(error: unknown, call: ModelCall): AppError {
  if (error instanceof AppError) return error;
  const cause = safeCause(error, call);
  const where = call.endpoint.baseUrl ? new URL(call.endpoint.baseUrl).host : 'api.openai.com';
  if (error instanceof APIConnectionError && !causedByCap(error)) {
    const message = `The model endpoint at ${where} cannot be reached. Check that it runs and that OPENAI_BASE_URL is right.`;
    return modelError('model-unavailable', 'unreachable', message, { cause });
  }
  if (causedByCap(error)) {
    return modelError('model-unavailable', 'too-long', `The model endpoint at ${where} sent far too much data.`, {
      cause,
    });
  }
  if (error instanceof APIError && error.status !== undefined) return fromStatus(error, call, where, cause);
  if (brokeOff(error)) {
    return modelError(
      'model-unavailable',
      'broken-answer',
      "The model's answer broke off. Ask again to get it whole.",
      {
        cause,
      },
    );
  }
  const message = `The model endpoint at ${where} sent something that is not an answer. Try again; if it stays so, check its log.`;
  return modelError('model-unavailable', 'broken-answer', message, { cause });
}

/** How Node's fetch tells of a connection that ended in the middle of a body. */
function brokeOff(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}

function fromStatus(error: APIError, call: ModelCall, where: string, cause: Error): AppError {
  const status = Number(error.status);
  const retryAfterMs = retryAfterOf(error.headers);
  if (status === 429 && error.code === 'insufficient_quota') {
    const message = `The account behind the API key has no quota left at ${where}. Add credit there, or use another key.`;
    return modelError('model-rate-limited', 'quota', message, { cause });
  }
  if (status === 429) {
    const message = `The model endpoint at ${where} is taking no more requests for the moment. Try again shortly.`;
    return modelError('model-rate-limited', 'rate-limit', message, { cause, retryAfterMs });
  }
  if (status === 401 || status === 403) {
    const message = `The model endpoint at ${where} does not accept the API key. Check OPENAI_API_KEY.`;
    return modelError('model-refused', 'bad-key', message, { cause });
  }
  if (status === 404) {
    const message = `The model endpoint at ${where} has no model “${call.model}”. Check ${call.setting} and OPENAI_BASE_URL.`;
    return modelError('model-refused', 'unknown-model', message, { cause });
  }
  if (status >= 500 || status === 408) {
    const message = `The model endpoint at ${where} failed (status ${status}). Try again; if it stays so, check its log.`;
    return modelError('model-unavailable', 'server-error', message, { cause, retryAfterMs });
  }
  const message = `The model endpoint at ${where} refused the request (status ${status}). Its answer is in the server's log.`;
  return modelError('model-refused', 'bad-request', message, { cause });
}

/** An AppError about a model, with its reason spelled from the closed list. */
export function modelError(
  code: 'model-unavailable' | 'model-rate-limited' | 'model-refused',
  reason: ModelFailure,
  message: string,
  options: { cause?: Error; retryAfterMs?: number | undefined } = {},
): AppError {
  const { cause, retryAfterMs } = options;
  return new AppError(code, message, { cause, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** `Retry-After` in seconds or as a date, or the `retry-after-ms` some endpoints send. */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const waitMs = /^[\d.]+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(waitMs) ? Math.max(0, Math.round(waitMs)) : undefined;
}

/** The SDK's errors carry headers and bodies an endpoint chose; the log gets their text alone, without the key. */
function safeCause(error: unknown, call: ModelCall): Error {
  const { apiKey } = call.endpoint;
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 4; at = at.cause) {
    texts.push(`${at.name}: ${at.message}`);
  }
  const text = texts.join(' ← ').slice(0, 1_000);
  return new Error(apiKey ? text.replaceAll(apiKey, '[key]') : text);
}

function causedByCap(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof ResponseTooLargeError) return true;
  }
  return false;
}
