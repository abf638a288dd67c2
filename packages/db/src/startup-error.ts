/** Every reason the database may refuse to be opened. */
export type StartupErrorCode =
  | 'data-folder-in-use'
  | 'data-folder-empty'
  | 'data-folder-unusable'
  | 'data-folder-incompatible'
  | 'invalid-connection-string'
  | 'connection-refused'
  | 'connection-timed-out'
  | 'host-not-found'
  | 'server-not-ready'
  | 'too-many-connections'
  | 'unsupported-pooler'
  | 'authentication-failed'
  | 'database-missing'
  | 'permission-denied'
  | 'tls-required'
  | 'tls-not-offered'
  | 'tls-untrusted'
  | 'server-too-old'
  | 'server-read-only'
  | 'encoding-unsupported'
  | 'extension-missing'
  | 'extension-not-creatable'
  | 'extension-too-old'
  | 'schema-newer'
  | 'database-failed';

/**
 * The database cannot be used. `message` says what is wrong and `nextStep` what to do about it; neither holds a
 * password. The process should print both and exit non-zero.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
  readonly code: StartupErrorCode;
  readonly nextStep: string;

  constructor(code: StartupErrorCode, message: string, nextStep: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.nextStep = nextStep;
  }
}
