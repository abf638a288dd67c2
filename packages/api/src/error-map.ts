import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { AppErrorCode } from '@twin/core/app-error';
import { asAppError } from '@twin/core/as-app-error';
import { z } from 'zod';
import { wordsOfIssue } from './words-of-issue.ts';

// Here, because every door passes its errors through this file. What a schema says itself goes first.
z.config({ customError: wordsOfIssue });

/** What each meaning is called in tRPC and in HTTP. A code without a translation does not compile. */
export const errorMap: Record<AppErrorCode, { trpc: TRPC_ERROR_CODE_KEY; httpStatus: number }> = {
  'invalid-input': { trpc: 'BAD_REQUEST', httpStatus: 400 },
  unauthenticated: { trpc: 'UNAUTHORIZED', httpStatus: 401 },
  forbidden: { trpc: 'FORBIDDEN', httpStatus: 403 },
  'not-found': { trpc: 'NOT_FOUND', httpStatus: 404 },
  'too-late': { trpc: 'TIMEOUT', httpStatus: 408 },
  conflict: { trpc: 'CONFLICT', httpStatus: 409 },
  'too-large': { trpc: 'PAYLOAD_TOO_LARGE', httpStatus: 413 },
  'unsupported-type': { trpc: 'UNSUPPORTED_MEDIA_TYPE', httpStatus: 415 },
  'unreadable-document': { trpc: 'UNPROCESSABLE_CONTENT', httpStatus: 422 },
  'rate-limited': { trpc: 'TOO_MANY_REQUESTS', httpStatus: 429 },
  'model-unavailable': { trpc: 'BAD_GATEWAY', httpStatus: 502 },
  // 503, not 429: the caller is within our limits, the model's provider is not.
  'model-rate-limited': { trpc: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
  'model-refused': { trpc: 'BAD_GATEWAY', httpStatus: 502 },
  'database-unavailable': { trpc: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
  'server-outdated': { trpc: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
  'storage-full': { trpc: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
  overloaded: { trpc: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
  canceled: { trpc: 'CLIENT_CLOSED_REQUEST', httpStatus: 499 },
  internal: { trpc: 'INTERNAL_SERVER_ERROR', httpStatus: 500 },
};

/** Refusals that tRPC itself makes, by our names. What is missing here is `internal`. */
const appCodeOfTrpc: Partial<Record<TRPC_ERROR_CODE_KEY, AppErrorCode>> = {
  PARSE_ERROR: 'invalid-input',
  BAD_REQUEST: 'invalid-input',
  METHOD_NOT_SUPPORTED: 'invalid-input',
  UNAUTHORIZED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  PAYLOAD_TOO_LARGE: 'too-large',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported-type',
  CLIENT_CLOSED_REQUEST: 'canceled',
};

/** An error as every door words it. `message` is safe to show; nothing else of the error leaves the server. */
export interface DescribedError {
  code: AppErrorCode;
  trpc: TRPC_ERROR_CODE_KEY;
  httpStatus: number;
  message: string;
  reason: string | null;
  retryAfterMs: number | null;
  fieldErrors: Record<string, string[]> | null;
}

/** Translates anything thrown. What we did not foresee is `internal` with a message that gives nothing away. */
export function describeError(error: unknown): DescribedError {
  const known = asAppError(error);
  if (known !== undefined) {
    const { code, message, reason = null, retryAfterMs = null } = known;
    return { code, ...errorMap[code], message, reason, retryAfterMs, fieldErrors: null };
  }
  if (error instanceof z.ZodError) {
    return plain('invalid-input', sentenceOf(error), fieldErrorsOf(error));
  }
  if (error instanceof TRPCError) {
    return describeTrpcError(error);
  }
  return plain('internal', 'Something went wrong on the server. Try again; the log holds the details.');
}

function describeTrpcError(error: TRPCError): DescribedError {
  if (error.cause instanceof z.ZodError || asAppError(error.cause) !== undefined) {
    return describeError(error.cause);
  }
  const code = appCodeOfTrpc[error.code] ?? 'internal';
  if (code === 'internal') {
    return describeError(undefined);
  }
  const message =
    error.code === 'PARSE_ERROR' ? 'The request body is not valid JSON. Send one JSON object.' : error.message;
  return { ...plain(code, message), trpc: error.code, httpStatus: getHTTPStatusCodeFromError(error) };
}

function plain(code: AppErrorCode, message: string, fieldErrors: Record<string, string[]> | null = null) {
  return { code, ...errorMap[code], message, reason: null, retryAfterMs: null, fieldErrors };
}

/** The first problem in words, e.g. `documents[0].content: must be a text, not a number`. */
function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) {
    return 'The input is not valid.';
  }
  return `${pathOf(issue)}: ${issue.message}`;
}

function fieldErrorsOf(error: z.ZodError): Record<string, string[]> {
  const byPath: Record<string, string[]> = Object.create(null);
  for (const issue of error.issues) {
    const path = pathOf(issue);
    byPath[path] = [...(byPath[path] ?? []), issue.message];
  }
  return byPath;
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return z.core.toDotPath(path) || 'input';
}
