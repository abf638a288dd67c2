import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@twin/core/app-error';

/** What both Upstash SDKs ask their requester for. */
export interface UpstashRequest {
  path?: string[] | undefined;
  body?: unknown;
}

export interface UpstashRequester {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the SDKs' shape: the caller says what it expects
  request<TResult>(request: UpstashRequest): Promise<{ result?: TResult; error?: string }>;
}

export interface UpstashRequesterOptions {
  url: string;
  token: string;
  /** The variables that hold both, for messages. */
  variables: { url: string; token: string };
  /** Whether a request only reads. Any other is refused before it leaves this process. */
  isRead: (request: { path: string[]; body: unknown }) => boolean;
  /** Told before each wait. */
  onWait?: ((waitMs: number, reason: string) => void) | undefined;
}

const attemptsMax = 10;
const waitMsMax = 60_000;
const requestMsMax = 60_000;

/**
 * Takes the place of the SDKs' own HTTP clients, which know neither `Retry-After` nor how to leave a source untouched.
 * Waits as long as the answer says, else twice as long each time, a little more or less by chance.
 *
 * @throws AppError `forbidden` for a write, `unauthenticated` for a refused token, `overloaded` when Upstash stays away.
 */
export function createUpstashRequester(options: UpstashRequesterOptions): UpstashRequester {
  const base = options.url.replace(/\/+$/, '');
  return {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
    async request<TResult>({ path = [], body }: UpstashRequest) {
      if (!options.isRead({ path, body })) {
        throw new AppError(
          'forbidden',
          `This would write to Upstash (${path.join('/') || 'command'}); an import only reads.`,
        );
      }
      const address = [base, ...path.map((part) => part.split('/').map(encodeURIComponent).join('/'))].join('/');
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await send(address, body, options);
        if (outcome.kind === 'answer') return outcome.answer as { result?: TResult; error?: string };
        if (attempt === attemptsMax) throw unavailable(address, outcome.reason);
        const waitMs = outcome.waitMs ?? Math.min(waitMsMax, 250 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
        options.onWait?.(waitMs, outcome.reason);
        await delay(waitMs);
      }
    },
  };
}

type Outcome = { kind: 'answer'; answer: unknown } | { kind: 'retry'; reason: string; waitMs: number | undefined };

async function send(address: string, body: unknown, { token, variables }: UpstashRequesterOptions): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? []),
      signal: AbortSignal.timeout(requestMsMax),
    });
    text = await response.text();
  } catch (error) {
    return { kind: 'retry', reason: causeOf(error), waitMs: undefined };
  }
  if (response.status === 429 || response.status >= 500) {
    return { kind: 'retry', reason: `it answers ${response.status}`, waitMs: readRetryAfter(response) };
  }
  if (response.status === 401 || response.status === 403) {
    const message = `Upstash refuses the token in ${variables.token} for ${new URL(address).host}. A read-only token is enough.`;
    throw new AppError('unauthenticated', message);
  }
  const answer = parse(text);
  if (answer === undefined) return { kind: 'retry', reason: 'its answer was cut off', waitMs: undefined };
  if (!response.ok) {
    const reason = (answer as { error?: string }).error ?? `status ${response.status}`;
    throw new AppError(
      'invalid-input',
      `Upstash refuses a request to ${new URL(address).host}: ${reason}. Check ${variables.url}.`,
    );
  }
  return { kind: 'answer', answer };
}

function readRetryAfter(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (value === null) return undefined;
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.min(waitMsMax, Math.max(0, waitMs));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function unavailable(address: string, reason: string): AppError {
  const message = `Upstash at ${new URL(address).host} does not answer (${reason}). What was stored is kept: run it again to go on.`;
  return new AppError('overloaded', message, { reason: 'source-unavailable' });
}
