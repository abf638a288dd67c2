import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { retryDocument } from './retry-document.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
afterAll(() => bench.database.close());

const hour = 3_600_000;
let now: number;
let isAway: boolean;
const ingestionOf = async (id: string) => (await bench.document(id)).ingestion;

beforeEach(async () => {
  await bench.reset();
  now = Date.now();
  isAway = true;
  bench.use({
    clock: { now: () => now },
    embedder: {
      ...testEmbedder,
      embed: async (texts, purpose) => {
        if (isAway) throw new AppError('model-unavailable', 'The model does not answer.');
        return await testEmbedder.embed(texts, purpose);
      },
    },
  });
});

async function meetOutage(): Promise<void> {
  await expect(bench.resumeAll()).rejects.toThrow('does not answer');
}

test('a model that is away is waited for a day in which a server runs: a weekend that it is off does not count', async () => {
  const { document } = await bench.upload('The kettle is blue.');
  await meetOutage();
  now += 64 * hour;
  await meetOutage();
  expect(await ingestionOf(document.id)).toMatchObject({ stage: 'embedding', error: { code: 'model-unavailable' } });
  isAway = false;
  await bench.resumeAll();
  expect(await ingestionOf(document.id)).toMatchObject({ stage: 'ready', error: null });
});

test('a document fails when the model has been away for a day of tries', async () => {
  const { document } = await bench.upload('The kettle is blue.');
  for (let tries = 0; tries < 24; tries += 1) {
    await meetOutage();
    now += hour;
  }
  await bench.resumeAll();
  expect(await ingestionOf(document.id)).toMatchObject({
    stage: 'failed',
    error: { code: 'model-unavailable', stage: 'embedding' },
    remedy: 'retry',
  });
});

test('a model that is away is waited for anew when a person has asked for another try', async () => {
  const { document } = await bench.upload('The kettle is blue.');
  const waitAlmostADay = async () => {
    for (let tries = 0; tries < 23; tries += 1) {
      await meetOutage();
      now += hour;
    }
  };
  await waitAlmostADay();
  await cancelIngestion(bench.deps, bench.database.scope, document.id);
  await retryDocument(bench.deps, bench.database.scope, document.id);
  await waitAlmostADay();
  expect(await ingestionOf(document.id)).toMatchObject({ stage: 'embedding' });
});
