import type { SweepCounts } from '@twin/core/maintenance/sweep-database';
import { LOCAL_TWIN_ID } from '@twin/db/scope';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { expect, test } from 'vitest';
import { createLogger } from './adapters/pino-logger.ts';
import { sweepExpiredRows } from './sweep-expired-rows.ts';

test('what an upload left behind is gone after the next start, however short the server runs', async () => {
  const { db, close } = await createTestDatabase();
  await db
    .insertInto('blob')
    .values({
      id: crypto.randomUUID(),
      twin_id: LOCAL_TWIN_ID,
      state: 'receiving',
      byte_size: 0,
      created_at: new Date(Date.now() - 25 * 3_600_000),
    })
    .execute();

  const logger = createLogger({ level: 'silent', forPerson: false });
  const swept: SweepCounts[] = [];
  // Of two that start at once, one does it.
  const stops = [1, 2].map(() => sweepExpiredRows(db, logger, (counts) => swept.push(counts)));
  for (const stop of stops) await stop();
  expect(swept.reduce((sum, { unfinishedUploads }) => sum + unfinishedUploads, 0)).toBe(1);

  expect(await db.selectFrom('blob').select('id').where('twin_id', '=', LOCAL_TWIN_ID).execute()).toEqual([]);
  await close();
});
