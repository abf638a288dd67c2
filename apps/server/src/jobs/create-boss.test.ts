import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { describe, expect, test } from 'vitest';
import { createLogger } from '../adapters/pino-logger.ts';
import { createBoss } from './create-boss.ts';

const isOnServer = (process.env['TEST_DATABASE_URL'] ?? '') !== '';

describe.skipIf(!isOnServer)('on a server (TEST_DATABASE_URL)', () => {
  test('every connection of the job queue is bound as those of the product are', async () => {
    const database = await createTestDatabase();
    const boss = createBoss(database, createLogger({ level: 'silent', forPerson: false }), 1);
    await boss.start();
    const { rows } = await boss.getDb().executeSql(`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('application_name') as name`);
    expect(rows).toEqual([{ statement: '30s', idle: '30s', name: 'digital-twin jobs' }]);
    await boss.stop({ graceful: false });
    await database.close();
  });
});
