import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
afterAll(() => bench.database.close());

test('a short document is stored by twelve statements and a transaction: no stage reads what the one before it stored', async () => {
  await bench.upload('The teapot is green.');
  await bench.deps.runJobs();
  let statements = 0;
  const db = bench.database.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      statements += 1;
      return await Promise.resolve(result);
    },
  });
  bench.use({ db });
  const { document } = await bench.upload('The kettle is blue.');
  await bench.deps.runJobs();
  expect(statements).toBe(12);
  expect((await bench.document(document.id)).ingestion).toMatchObject({ stage: 'ready', chunksEmbedded: 1 });
  expect(await bench.search('kettle')).toEqual(['The kettle is blue.']);
});
