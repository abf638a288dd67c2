import { isDatabaseUnavailable } from '@twin/db/is-database-unavailable';
import { postgresErrorCode } from '@twin/db/postgres-error';
import { isOfNewerSchema } from '@twin/db/server/schema-watch';
import { AppError } from './app-error.ts';

const retryAfterMs = 2000;
/** Servers that are replaced one after the other take some seconds each. */
const outdatedRetryAfterMs = 5000;
const DISK_FULL = '53100';

/** What an error means to the product: itself, a database that is away or full, or undefined for what nobody foresaw. */
export function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) {
    return error;
  }
  if (isDatabaseUnavailable(error)) {
    const message = 'The database cannot be reached right now. Nothing was changed; try again in a moment.';
    return new AppError('database-unavailable', message, { retryAfterMs, cause: error });
  }
  if (isOfNewerSchema(error)) {
    const message =
      'This server is older than its database, which a newer release has changed. ' +
      'Its operator has to update it; where several servers run, another one may answer.';
    return new AppError('server-outdated', message, { retryAfterMs: outdatedRetryAfterMs, cause: error });
  }
  if (postgresErrorCode(error) === DISK_FULL) {
    const message =
      'The disk that holds the database is almost full, so this was not stored. Free some space on it, then try again.';
    return new AppError('storage-full', message, { cause: error });
  }
  return undefined;
}
