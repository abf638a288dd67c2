import type { Logger } from '@twin/core/ports';
import type { DatabaseHandle } from '@twin/db/client';
import { ANSWER_MS_MAX, connectionBounds } from '@twin/db/server/connection-bounds';
import { type ConstructorOptions, fromPglite, PgBoss } from 'pg-boss';

/** The queue's engine on either home, in a schema of its own beside the product's tables. Not started. */
export function createBoss({ jobsConnection }: DatabaseHandle, logger: Logger, connectionsMax: number): PgBoss {
  const boss = new PgBoss({
    ...connectionOptions(jobsConnection, connectionsMax),
    schema: 'jobs',
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    warningSlowQuerySeconds: 60,
  });
  boss.on('error', (error) => logger.error({ error }, 'the job queue had an error'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'the job queue has a warning'));
  return boss;
}

function connectionOptions(connection: DatabaseHandle['jobsConnection'], max: number): ConstructorOptions {
  if (connection.kind === 'pglite') return { db: fromPglite(connection.pglite), backend: 'pglite' };
  const { connectionString, ssl } = connection;
  // The engine hands its options on to its pool as they are; its type knows only some of them. Its pool drops a connection
  // after any failed statement, so the driver's own bound on the answer is enough.
  const bounds = { ...connectionBounds, query_timeout: ANSWER_MS_MAX };
  return { connectionString, ssl, max, application_name: 'digital-twin jobs', ...bounds };
}
