import { isDatabaseUnavailable } from '@twin/db/is-database-unavailable';
import { AppError } from './app-error.ts';

const retryAfterMs = 2000;

/** What an error means to the product: itself, a database that is away, or undefined for what nobody foresaw. */
export function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) {
    return error;
  }
  if (isDatabaseUnavailable(error)) {
    const message = 'The database cannot be reached right now. Nothing was changed; try again in a moment.';
    return new AppError('database-unavailable', message, { retryAfterMs, cause: error });
  }
  return undefined;
}
