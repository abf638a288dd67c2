import { findVersion } from '@twin/db/queries/versions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { ingestVersion } from './ingest-version.ts';
import { retryDocument } from './retry-document.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
afterAll(() => bench.database.close());

test('a server that stalls behind its last full batch moves nothing on that another one has cut anew meanwhile', async () => {
  const { db, scope } = bench.database;
  let onLastBatch: (() => Promise<void>) | undefined;
  const stalling = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      const meanwhile = result.rows[0]?.['chunks_embedded'] === 1 ? onLastBatch : undefined;
      if (meanwhile !== undefined) {
        onLastBatch = undefined;
        await meanwhile();
      }
      return result;
    },
  });
  const { document } = await bench.upload('The kettle is blue.');
  const { versionId } = document.ingestion;
  const elsewhere = bench.deps;
  onLastBatch = async () => {
    await cancelIngestion(elsewhere, scope, document.id);
    await retryDocument(elsewhere, scope, document.id);
    await ingestVersion(elsewhere, scope, versionId, new AbortController().signal, { until: 'embedding' });
  };
  bench.use({ db: stalling, embedder: { ...testEmbedder, batchMax: 1 } });
  await ingestVersion(bench.deps, scope, versionId, new AbortController().signal);
  expect(onLastBatch).toBe(undefined);
  expect(await findVersion(db, scope, versionId)).toMatchObject({
    stage: 'embedding',
    chunk_count: 1,
    chunks_embedded: 0,
  });
});
