import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@twin/api/app-router';
import { formatWait } from './format.ts';

/** What went wrong, in the terms the interface shows: a sentence with a next step, and when to try again. */
export interface Problem {
  code: string;
  /** Within the code, where there is more to know. */
  reason: string | null;
  message: string;
  requestId: string | null;
  retryAfterMs: number | null;
}

export const unreachable: Problem = {
  code: 'unreachable',
  reason: null,
  message: 'The twin’s server cannot be reached. This page reconnects by itself.',
  requestId: null,
  retryAfterMs: null,
};

/** Reads anything a call threw. Never shows a raw error: what has no words of its own gets ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const { data, message } = error as TRPCClientError<AppRouter>;
    if (data === null || data === undefined) {
      return unreachable;
    }
    return {
      code: data.appCode,
      reason: data.reason,
      message,
      requestId: data.requestId,
      retryAfterMs: data.retryAfterMs,
    };
  }
  if (error instanceof RestError) {
    return error.problem;
  }
  if (error instanceof TypeError) {
    return unreachable;
  }
  return {
    code: 'internal',
    reason: null,
    message: 'Something went wrong on this page. Reload it to go on.',
    requestId: null,
    retryAfterMs: null,
  };
}

/** What went wrong, and after a limit when it is over: for places where no time runs down. */
export function problemWords(error: unknown): string {
  const { code, message, retryAfterMs } = problemOf(error);
  return code === 'rate-limited' && retryAfterMs !== null
    ? `${message} Try again in ${formatWait(Math.max(1, retryAfterMs))}.`
    : message;
}

/** A refusal of one of the plain HTTP endpoints, already in words. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads `{ error: { code, message, requestId, retryAfterMs } }`; a body that is not ours becomes a plain sentence. */
export function problemOfBody(status: number, body: string): Problem {
  if (status === 0 || status === 502 || status === 504) {
    return unreachable;
  }
  try {
    const { error } = JSON.parse(body) as { error: Partial<Problem> };
    if (typeof error.message === 'string') {
      return {
        code: error.code ?? 'internal',
        reason: error.reason ?? null,
        message: error.message,
        requestId: error.requestId ?? null,
        retryAfterMs: error.retryAfterMs ?? null,
      };
    }
  } catch {
    // Not JSON: something between us and the server answered.
  }
  return {
    code: 'internal',
    reason: null,
    message: `The server answered with status ${status} and no explanation. Try again.`,
    requestId: null,
    retryAfterMs: null,
  };
}
