import { findVersion } from '@twin/db/queries/versions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { ingestVersion } from './ingest-version.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
afterAll(() => bench.database.close());

test('of many steps in a moment the newest is written, and none comes back after it', async () => {
  const { db, scope } = bench.database;
  const { document } = await bench.upload('The kettle is blue.');
  const { versionId } = document.ingestion;
  const seen: number[] = [];
  bench.use({
    reader: {
      read: async (_file, { onProgress }) => {
        for (let page = 1; page <= 200; page += 1) onProgress?.({ pagesRead: page, pageCount: 200 });
        while (seen.at(-1) !== 200) seen.push((await findVersion(db, scope, versionId))!.pages_read);
        throw new Error('enough');
      },
    },
  });
  await expect(ingestVersion(bench.deps, scope, versionId, new AbortController().signal)).rejects.toThrow('enough');
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(new Set(seen).size).toBeLessThanOrEqual(4);
});
