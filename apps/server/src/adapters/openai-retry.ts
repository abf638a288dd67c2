import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@twin/core/app-error';
import { isTransient } from './openai-error.ts';

export interface RetryPolicy {
  attemptsMax: number;
  /** Doubles with every attempt; the actual wait is drawn between half of it and all of it. */
  firstWaitMs: number;
  /** A longer wait is not sat out: the error goes to the caller with its `retryAfterMs`. */
  waitMsMax: number;
}

/** Two retries within a few seconds: what a person waiting for an answer bears. */
export const chatRetryPolicy: RetryPolicy = { attemptsMax: 3, firstWaitMs: 500, waitMsMax: 20_000 };
/** A background job can wait longer; the queue retries what still fails. */
export const embedRetryPolicy: RetryPolicy = { attemptsMax: 5, firstWaitMs: 500, waitMsMax: 60_000 };

/** How long to wait before the next attempt, or undefined when there should be none. */
export function retryWaitMs(error: unknown, attempt: number, policy: RetryPolicy): number | undefined {
  if (!isTransient(error) || attempt >= policy.attemptsMax) return undefined;
  const backoffMs = policy.firstWaitMs * 2 ** (attempt - 1);
  const jitteredMs = Math.round(backoffMs * (0.5 + Math.random() / 2));
  // An endpoint's own Retry-After is a lower bound: the jitter goes on top so that callers do not return as one.
  const waitMs = error.retryAfterMs === undefined ? jitteredMs : error.retryAfterMs + jitteredMs / 2;
  return waitMs <= policy.waitMsMax ? Math.round(waitMs) : undefined;
}

/** Waits, or throws `canceled` as soon as the signal aborts. */
export async function waitUnlessAborted(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(waitMs, undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new AppError('canceled', 'The request was canceled.', { cause });
  }
}
