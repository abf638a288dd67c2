/** Every way the product refuses or fails, by neutral meaning. The doors translate: a new code does not compile until they do. */
export type AppErrorCode =
  | 'invalid-input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'too-late'
  | 'conflict'
  | 'too-large'
  | 'unsupported-type'
  | 'unreadable-document'
  | 'rate-limited'
  | 'model-unavailable'
  | 'model-rate-limited'
  | 'model-refused'
  | 'database-unavailable'
  | 'server-outdated'
  | 'storage-full'
  | 'overloaded'
  | 'canceled'
  | 'internal';

export interface AppErrorOptions {
  cause?: unknown;
  /** When the caller may try again. */
  retryAfterMs?: number;
  /** Machine-readable reason within the code, e.g. `password-protected`. */
  reason?: string;
}

/** `message` is safe to show a user: it names the input, the reason and the next step. The cause is for the log alone. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly reason: string | undefined;

  constructor(code: AppErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.reason = options.reason;
  }
}
