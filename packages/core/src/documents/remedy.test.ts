import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { getTwinStatus } from '../twin/get-twin-status.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { remedyOf } from './remedy.ts';
import { retryFailedDocuments } from './retry-failed-documents.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
afterAll(() => bench.database.close());

const keyRefused = () => Promise.reject(new AppError('model-refused', 'The key is not valid.', { reason: 'bad-key' }));

test('another try is offered and made where it can help, a password asked for where one is missing', async () => {
  bench.use({ embedder: { ...testEmbedder, embed: keyRefused } });
  const { deps, database } = bench;
  const locked = await bench.upload(makePdf([['Locked.']], { password: 'x' }), { fileName: 'locked.pdf' });
  const broken = await bench.upload('%PDF-1.7 and then nothing', { fileName: 'broken.pdf' });
  const refused = await bench.upload('The kettle is blue.', { fileName: 'kettle.txt' });
  await deps.runJobs();
  const canceled = await bench.upload('The teapot is green.', { fileName: 'teapot.txt' });
  await cancelIngestion(deps, database.scope, canceled.document.id);

  const remedyNow = async ({ document }: typeof locked) => (await bench.document(document.id)).ingestion.remedy;
  expect(await remedyNow(locked)).toBe('password');
  expect(await remedyNow(broken)).toBeNull();
  expect(await remedyNow(refused)).toBe('retry');
  expect(await remedyNow(canceled)).toBe('retry');
  const counts = { failed: 3, locked: 1, retryable: 1, canceled: 1, total: 4 };
  expect((await getTwinStatus(deps, database.scope)).documents).toMatchObject(counts);

  bench.use({ embedder: testEmbedder });
  expect(await retryFailedDocuments(bench.deps, database.scope)).toEqual({ count: 1 });
  await bench.deps.runJobs();
  expect((await bench.document(refused.document.id)).ingestion).toMatchObject({ stage: 'ready', remedy: null });
  expect((await bench.document(broken.document.id)).ingestion.attempts).toBe(1);
});

test('what is not about the file itself may be mended: it is worth another try', () => {
  expect(['model-refused', 'storage-full', 'internal', 'toString'].map(remedyOf)).toEqual(Array(4).fill('retry'));
});
