import type { DatabaseConfig } from '@twin/db/client';
import type { Env } from './env.ts';

/** Which of its two homes the database has. */
export function databaseConfigOf(
  { databaseUrl, databasePoolMax, dataDir }: Env,
  onConnectionError?: (error: Error) => void,
): DatabaseConfig {
  if (databaseUrl === undefined) return { home: 'embedded', dataDir };
  const poolMax = databasePoolMax - jobConnectionsMax(databasePoolMax);
  return { home: 'server', connectionString: databaseUrl, poolMax, onConnectionError };
}

/** The job queue's part of DATABASE_POOL_MAX: what fetches, renews and listens at once, but never more than a fifth. */
export function jobConnectionsMax(databasePoolMax: number): number {
  return Math.min(4, Math.max(1, Math.floor(databasePoolMax / 5)));
}
