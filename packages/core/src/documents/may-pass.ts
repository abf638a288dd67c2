import { isDatabaseUnavailable } from '@twin/db/is-database-unavailable';
import { postgresErrorCode } from '@twin/db/postgres-error';
import { AppError } from '../app-error.ts';

const passingCodes: ReadonlySet<AppError['code']> = new Set([
  'model-unavailable',
  'model-rate-limited',
  'database-unavailable',
  'server-outdated',
  'storage-full',
  'overloaded',
]);

/** A table, column, function or unique constraint that this release's statements name is not there. */
const otherSchemaCodes: ReadonlySet<string> = new Set(['42P01', '42703', '42883', '42P10']);

/**
 * Whether what stopped an ingestion is no fault of its document and may be over later: a model or a database that is
 * away, transactions in each other's way (class 40), a server out of room (class 53), a schema that a newer release's
 * process has changed meanwhile. A statement that took too long (57014) is the document's own: tried again it takes as long.
 */
export function mayPass(error: unknown): boolean {
  if (error instanceof AppError) return passingCodes.has(error.code);
  const code = postgresErrorCode(error) ?? '';
  return isDatabaseUnavailable(error) || /^(?:40|53)/.test(code) || otherSchemaCodes.has(code);
}
