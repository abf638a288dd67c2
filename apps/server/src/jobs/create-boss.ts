import type { Logger } from '@twin/core/ports';
import type { DatabaseHandle } from '@twin/db/client';
import { type ConstructorOptions, fromPglite, PgBoss } from 'pg-boss';

const CONNECTIONS_MAX = 4;

/** The queue's engine on either home, in a schema of its own beside the product's tables. Not started. */
export function createBoss({ jobsConnection }: DatabaseHandle, logger: Logger): PgBoss {
  const boss = new PgBoss({
    ...connectionOptions(jobsConnection),
    schema: 'jobs',
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    warningSlowQuerySeconds: 60,
  });
  boss.on('error', (error) => logger.error({ error }, 'the job queue had an error'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'the job queue has a warning'));
  return boss;
}

function connectionOptions(connection: DatabaseHandle['jobsConnection']): ConstructorOptions {
  if (connection.kind === 'pglite') return { db: fromPglite(connection.pglite), backend: 'pglite' };
  const { connectionString, ssl } = connection;
  return { connectionString, ssl, max: CONNECTIONS_MAX, application_name: 'digital-twin jobs' };
}
