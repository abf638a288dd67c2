import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@twin/core/app-error';
import type { Deps } from '@twin/core/deps';
import { cancelIngestion } from '@twin/core/documents/cancel-ingestion';
import { getDocument } from '@twin/core/documents/get-document';
import { inProcessReader } from '@twin/core/documents/in-process-reader';
import { receiveUpload } from '@twin/core/documents/receive-upload';
import { retryDocument } from '@twin/core/documents/retry-document';
import { unlockDocument } from '@twin/core/documents/unlock-document';
import { createBuiltinEmbedder } from '@twin/core/retrieval/builtin-embedder';
import { createTestDeps } from '@twin/core/testing/create-test-deps';
import { findVersion } from '@twin/db/queries/versions';
import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createDocumentReader } from '../adapters/document-reader.ts';
import { createLogger } from '../adapters/pino-logger.ts';
import { createBoss } from './create-boss.ts';
import { INGESTION_QUEUE, ingestionKey } from './ingestion-queue.ts';
import { type Jobs, openJobs } from './open-jobs.ts';
import { requeueUnfinished } from './requeue-unfinished.ts';

let database: TestDatabase;
const open: Jobs[] = [];
const logger = createLogger({ level: 'silent', forPerson: false });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.stop();
});
afterAll(() => database.close());

/** A server's jobs, not taking any yet. */
async function openServer(overrides: Partial<Deps> = {}): Promise<{ jobs: Jobs; deps: Deps }> {
  const jobs = await openJobs(database, logger, 4);
  open.push(jobs);
  const deps = createTestDeps(database, {
    embedder: createBuiltinEmbedder(),
    reader: createDocumentReader(),
    jobs: jobs.queue,
    logger,
    ...overrides,
  });
  return { jobs, deps };
}

async function upload(deps: Deps, text: string | Uint8Array) {
  async function* content() {
    yield typeof text === 'string' ? new TextEncoder().encode(text) : text;
  }
  const file = { fileName: 'note.md', mediaType: null, content: content(), origin: 'upload' as const };
  return (await receiveUpload(deps, database.scope, file)).document;
}

async function waitForStage(deps: Deps, id: string, stage: string, msMax = 20_000) {
  const deadline = performance.now() + msMax;
  for (;;) {
    const { ingestion } = await getDocument(deps, database.scope, id);
    if (ingestion.stage === stage) return ingestion;
    if (performance.now() > deadline) throw new Error(`Still ${ingestion.stage}, not ${stage}`);
    await delay(25);
  }
}

const neverReading: Deps['reader'] = {
  read: (_file, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('reading was interrupted')));
    }),
};

test('an acknowledged upload is ingested, within moments', async () => {
  const { jobs, deps } = await openServer();
  await expect(jobs.check()).rejects.toThrow('No jobs');
  await jobs.work(deps);
  await jobs.check();
  const document = await upload(deps, 'The kettle is blue.');
  await waitForStage(deps, document.id, 'ready');
});

test('documents that wait are taken one right after another', async () => {
  const { jobs, deps } = await openServer({ reader: inProcessReader });
  let last = '';
  for (let n = 0; n < 60; n += 1) last = (await upload(deps, `Kettle ${n} is blue.`)).id;
  await jobs.work(deps);
  // A worker that slept a second after each would need half a minute.
  expect(await waitForStage(deps, last, 'ready', 25_000)).toMatchObject({ attempts: 1, error: null });
}, 60_000);

test('documents whose model fails hold up no others', async () => {
  const builtin = createBuiltinEmbedder();
  const { jobs, deps } = await openServer({
    reader: inProcessReader,
    embedder: {
      ...builtin,
      embed: async (texts, purpose) => {
        if (texts.some((text) => text.includes('broken'))) throw new AppError('model-unavailable', 'It is away.');
        return await builtin.embed(texts, purpose);
      },
    },
  });
  const broken: string[] = [];
  for (let n = 0; n < 30; n += 1) broken.push((await upload(deps, `Kettle ${n} is broken.`)).id);
  const { id } = await upload(deps, 'The last kettle is whole.');
  await jobs.work(deps);
  // Two workers that slept two seconds after each failure would come to it in half a minute.
  expect(await waitForStage(deps, id, 'ready', 15_000)).toMatchObject({ attempts: 1, error: null });
  for (const failed of broken) await cancelIngestion(deps, database.scope, failed);
}, 60_000);

test('two servers that miss the same job make one of it', async () => {
  const { deps } = await openServer();
  const boss = createBoss(database, logger, 2);
  await boss.start();
  const forgetful: Deps = { ...deps, jobs: { ...deps.jobs, enqueueIngestion: () => Promise.resolve() } };
  const { id } = await upload(forgetful, 'The door is white.');
  const look = () => requeueUnfinished(boss, deps, { idleMs: 0 });
  const [first, second] = await Promise.all([look(), look()]);
  expect(first + second).toBe(1);
  await boss.stop();
  await cancelIngestion(deps, database.scope, id);
});

test('an upload that is not committed leaves no job', async () => {
  const { deps } = await openServer();
  const queue = deps.jobs;
  const failing: Deps = {
    ...deps,
    jobs: {
      ...queue,
      enqueueIngestion: async (tx, scope, versionId) => {
        await queue.enqueueIngestion(tx, scope, versionId);
        throw new Error('rolled back');
      },
    },
  };
  await expect(upload(failing, 'Never acknowledged.')).rejects.toThrow('rolled back');
  expect(await database.db.selectFrom('blob').select('id').where('state', '=', 'receiving').execute()).toEqual([]);
});

test('a stopping server interrupts its work and the next one takes it up, without counting it as an attempt', async () => {
  let interruptedAt = Number.POSITIVE_INFINITY;
  const reader: Deps['reader'] = {
    read: async (file, options) => {
      options.signal.addEventListener('abort', () => (interruptedAt = performance.now()));
      return await neverReading.read(file, options);
    },
  };
  const first = await openServer({ reader });
  await first.jobs.work(first.deps);
  const document = await upload(first.deps, 'The stove is warm.');
  await waitForStage(first.deps, document.id, 'reading');
  const started = performance.now();
  await first.jobs.stop();
  expect(interruptedAt - started).toBeLessThan(1_000);
  // What is not interrupted is waited for, ten seconds long.
  expect(performance.now() - started).toBeLessThan(9_000);
  const version = await findVersion(database.db, database.scope, document.ingestion.versionId);
  expect(version).toMatchObject({ stage: 'reading', attempts: 0 });
  const second = await openServer();
  await second.jobs.work(second.deps);
  await waitForStage(second.deps, document.id, 'ready');
});

test('a document whose job was lost is found and ingested at the next start', async () => {
  const { jobs, deps } = await openServer();
  const forgetful: Deps = { ...deps, jobs: { ...deps.jobs, enqueueIngestion: () => Promise.resolve() } };
  const document = await upload(forgetful, 'The lamp is green.');
  await jobs.work(deps);
  expect(await waitForStage(deps, document.id, 'ready')).toMatchObject({ chunkCount: 1, error: null });
});

test('a model that says when to come back is asked again then', async () => {
  const embedder = createBuiltinEmbedder();
  const calls: number[] = [];
  const { jobs, deps } = await openServer({
    embedder: {
      ...embedder,
      embed: async (texts, purpose) => {
        calls.push(performance.now());
        if (calls.length === 1) throw new AppError('model-rate-limited', 'Too many requests.', { retryAfterMs: 1_000 });
        return await embedder.embed(texts, purpose);
      },
    },
  });
  await jobs.work(deps);
  const document = await upload(deps, 'The rug is red.');
  await waitForStage(deps, document.id, 'ready');
  expect(calls[1]! - calls[0]!).toBeGreaterThanOrEqual(950);
});

test('a model that asks for a year is asked again within the hour', async () => {
  const embed = () => Promise.reject(new AppError('model-rate-limited', 'Come back.', { retryAfterMs: 3.2e10 }));
  const { jobs, deps } = await openServer({ embedder: { ...createBuiltinEmbedder(), embed } });
  await jobs.work(deps);
  const document = await upload(deps, 'The curtain is grey.');
  const boss = createBoss(database, logger, 2);
  await boss.start();
  const key = ingestionKey(database.scope, document.ingestion.versionId);
  const findWaiting = async () => {
    const queued = await boss.findJobs(INGESTION_QUEUE, { key });
    return queued.find(({ state, startAfter }) => state === 'created' && startAfter.getTime() > Date.now() + 60_000);
  };
  const waiting = await vi.waitUntil(findWaiting, { timeout: 20_000, interval: 100 });
  expect(waiting.startAfter.getTime()).toBeLessThanOrEqual(Date.now() + 60 * 60 * 1000);
  await boss.stop();
  await cancelIngestion(deps, database.scope, document.id);
});

test('a canceled document can be tried again at once', async () => {
  const { jobs, deps } = await openServer({ reader: neverReading });
  await jobs.work(deps);
  const document = await upload(deps, 'The window is open.');
  await waitForStage(deps, document.id, 'reading');
  await cancelIngestion(deps, database.scope, document.id);
  await retryDocument(deps, database.scope, document.id);
  expect(await waitForStage(deps, document.id, 'reading', 5_000)).toMatchObject({ attempts: 1 });
  await cancelIngestion(deps, database.scope, document.id);
});

test('a locked file is read with its password at once, which no table ever holds', async () => {
  const held: Record<string, number>[] = [];
  const reader = createDocumentReader();
  const { jobs, deps } = await openServer({
    reader: {
      read: async (file, options) => {
        if (file.password !== undefined) held.push(await countRowsHolding(database.db, file.password));
        return await reader.read(file, options);
      },
    },
  });
  await jobs.work(deps);
  const document = await upload(deps, makePdf([['The clock goes to Ines.']], { password: 'open sesame' }));
  expect(await waitForStage(deps, document.id, 'failed')).toMatchObject({ error: { code: 'password-required' } });
  await unlockDocument(deps, database.scope, { id: document.id, password: 'open sesame' });
  await waitForStage(deps, document.id, 'ready');
  expect(held).toEqual([{}]);
});

test('a password is needed for reading alone: while one unlocked file waits for the model, the next is read', async () => {
  const embed: Deps['embedder']['embed'] = (_texts, _purpose, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('embedding was interrupted')));
    });
  const { jobs, deps } = await openServer({
    reader: inProcessReader,
    embedder: { ...createBuiltinEmbedder(), embed },
  });
  await jobs.work(deps);
  const texts = ['The desk goes to Cora.', 'The chair goes to Dan.'];
  const documents = await Promise.all(texts.map((text) => upload(deps, makePdf([[text]], { password: text }))));
  for (const [index, { id }] of documents.entries()) {
    await waitForStage(deps, id, 'failed');
    await unlockDocument(deps, database.scope, { id, password: texts[index]! });
  }
  for (const { id } of documents) {
    expect(await waitForStage(deps, id, 'embedding')).toMatchObject({ attempts: 1, error: null });
    await cancelIngestion(deps, database.scope, id);
  }
});

test('a locked file whose server stops is taken up by the next one, and asks again', async () => {
  const first = await openServer();
  await first.jobs.work(first.deps);
  const document = await upload(first.deps, makePdf([['The lamp goes to Ben.']], { password: 'open sesame' }));
  await waitForStage(first.deps, document.id, 'failed');
  first.deps.reader = neverReading;
  await unlockDocument(first.deps, database.scope, { id: document.id, password: 'open sesame' });
  await waitForStage(first.deps, document.id, 'reading');
  await first.jobs.stop();
  const second = await openServer();
  await second.jobs.work(second.deps);
  expect(await waitForStage(second.deps, document.id, 'failed')).toMatchObject({
    error: { code: 'password-required' },
  });
});
