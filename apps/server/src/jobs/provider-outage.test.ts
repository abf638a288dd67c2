import { getDocument } from '@twin/core/documents/get-document';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { inParts } from '@twin/core/testing/ingestion-deps';
import { getTwinStatus } from '@twin/core/twin/get-twin-status';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import { startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createOpenAiEmbedder } from '../adapters/openai-embedder.ts';
import { createLogger } from '../adapters/pino-logger.ts';
import { openJobs } from './open-jobs.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const documentCount = 6;

test('a provider that is away parks the queue, which says so, and heals by itself when it is back', async () => {
  const before = await startFakeModelServer();
  const port = Number(new URL(before.baseUrl).port);
  await before.close();
  const logger = createLogger({ level: 'silent', forPerson: false });
  const jobs = await openJobs(database, logger, 4);
  const retryPolicy = { attemptsMax: 1, firstWaitMs: 1, waitMsMax: 1 };
  const config = { apiKey: undefined, baseUrl: before.baseUrl, model: 'test-model', retryPolicy };
  const embedder = createOpenAiEmbedder(config);
  const deps = createTestDeps(database, { embedder, reader: inProcessReader, jobs: jobs.queue, logger });
  const { scope } = database;
  const ids: string[] = [];
  for (let n = 0; n < documentCount; n += 1) {
    const file = { fileName: `note-${n}.txt`, mediaType: null, content: inParts(`Kettle ${n} is blue.`) };
    ids.push((await receiveUpload(deps, scope, { ...file, origin: 'upload' })).document.id);
  }
  await jobs.work(deps);
  const waiting = async () => (await getTwinStatus(deps, scope)).waiting;
  await vi.waitUntil(async () => (await waiting())?.count === documentCount, { timeout: 60_000, interval: 100 });
  expect((await waiting())?.message).toContain('127.0.0.1');

  const back = await startFakeModelServer({ port });
  const stages = async () =>
    await Promise.all(ids.map(async (id) => (await getDocument(deps, scope, id)).ingestion.stage));
  const areReady = async () => (await stages()).every((stage) => stage === 'ready');
  await vi.waitUntil(areReady, { timeout: 120_000, interval: 250 });
  expect(await waiting()).toBeNull();
  expect(await listStoredDocuments(database.db, scope)).toEqual(
    ids.toSorted().map((id) => expect.objectContaining({ id, chunks: 1, vectors: 1 })),
  );
  await jobs.stop();
  await back.close();
}, 240_000);
