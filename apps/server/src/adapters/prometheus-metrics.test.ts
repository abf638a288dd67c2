import { expect, test } from 'vitest';
import { createMetrics } from './prometheus-metrics.ts';

test('what sweeps have deleted adds up by task, with the moment of the last one', async () => {
  const metrics = createMetrics({
    ingestionsByStage: () => Promise.resolve([]),
    answersByState: () => Promise.resolve([]),
    cacheLookups: () => ({ hits: 0, misses: 0 }),
    vectorSearches: () => ({ running: 0, waiting: 0 }),
    databasePool: () => undefined,
  });
  expect((await metrics.render()).body).toMatch(/^twin_expired_rows_swept_timestamp_seconds 0$/m);
  metrics.observeSweep({ cacheEntries: 3, sessions: 0 });
  metrics.observeSweep({ cacheEntries: 4 });
  const { body } = await metrics.render();
  expect(body).toMatch(/^twin_expired_rows_deleted_total\{task="cacheEntries"\} 7$/m);
  expect(body).toMatch(/^twin_expired_rows_deleted_total\{task="sessions"\} 0$/m);
  expect(body).toMatch(/^twin_expired_rows_swept_timestamp_seconds \d+(\.\d+)?$/m);
});
