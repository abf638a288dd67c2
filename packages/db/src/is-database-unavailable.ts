import { postgresErrorCode } from './postgres-error.ts';

/**
 * Connection lost or refused (class 08), shutting down or starting (57P), too many connections (53300), the database
 * being replaced (3D000), its password being changed (28P01). That all was in order is known from the start.
 */
const unavailableStates = /^(?:08\w{3}|57P0[1-5]|53300|3D000|28P01)$/;
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** The driver, its pool and the embedded database give these errors no code. */
const words = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'The embedded database is closed',
  'The embedded database has stopped',
];

/** True when a query failed because the database could not be reached, not because of what it asked. Trying again may help. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const state = postgresErrorCode(error);
  if (state !== undefined && unavailableStates.test(state)) {
    return true;
  }
  return (
    ('code' in error && socketCodes.has(String(error.code))) || words.some((start) => error.message.startsWith(start))
  );
}
