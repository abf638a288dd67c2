import type { DatabaseConfig } from '@twin/db/client';
import type { Env } from './env.ts';

/** Which of its two homes the database has. */
export function databaseConfigOf({ databaseUrl, databasePoolMax, dataDir }: Env): DatabaseConfig {
  return databaseUrl === undefined
    ? { home: 'embedded', dataDir }
    : { home: 'server', connectionString: databaseUrl, poolMax: databasePoolMax };
}
