import { setTimeout as delay } from 'node:timers/promises';
import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { countEmbeddings } from '@twin/db/queries/embeddings';
import { findVersion } from '@twin/db/queries/versions';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../limits.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { openFlakyDatabase } from '../testing/flaky-database.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { getDocumentText } from './get-document-text.ts';
import { inProcessReader } from './in-process-reader.ts';
import { listDocuments } from './list-documents.ts';
import { retryDocument } from './retry-document.ts';
import { unreadable } from './unreadable.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const longText = Array.from(
  { length: 400 },
  (_, index) => `Sentence ${index} tells of the zeppelin in plain words.`,
).join(' ');

describe('every fixture file', () => {
  test('ends ready or failed with a reason and a message that names it', async () => {
    const files = listFixtureFiles().filter((file) => file.bytes.length > 0);
    for (const { fileName, bytes } of files) await bench.upload(bytes, { fileName });
    await bench.deps.runJobs();
    const { documents } = await listDocuments(bench.deps, bench.database.scope, { limit: 100 });
    for (const { fileName, expected } of files) {
      const { ingestion } = documents.find((document) => document.fileName === fileName)!;
      const isReady = 'contains' in expected;
      expect({ fileName, stage: ingestion.stage }).toEqual({ fileName, stage: isReady ? 'ready' : 'failed' });
      expect(ingestion.error?.code).toBe('reason' in expected ? expected.reason : undefined);
      expect(ingestion.error?.message ?? fileName).toContain(fileName);
    }
  }, 120_000);
});

describe('interrupted work', () => {
  test('stays invisible until it is done, and goes on with what was not embedded yet', async () => {
    let readings = 0;
    let embedded = 0;
    let isKilled = true;
    bench.use({
      reader: {
        read: (file, options) => {
          readings += 1;
          return inProcessReader.read(file, options);
        },
      },
      embedder: {
        ...testEmbedder,
        batchMax: 3,
        embed: (texts, purpose) => {
          if (isKilled && embedded === 3) return Promise.reject(new Error('killed'));
          embedded += texts.length;
          return testEmbedder.embed(texts, purpose);
        },
      },
    });
    const { document } = await bench.upload(longText);
    await expect(bench.resumeAll()).rejects.toThrow('killed');
    const stopped = await findVersion(bench.database.db, bench.database.scope, document.ingestion.versionId);
    expect(stopped).toMatchObject({ stage: 'embedding', chunks_embedded: 3, visibility: 'hidden' });
    expect(await bench.search('zeppelin')).toEqual([]);
    isKilled = false;
    await bench.resumeAll();
    expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
    expect(readings).toBe(1);
    expect(embedded).toBe(stopped?.chunk_count);
    expect(await bench.search('zeppelin')).toHaveLength(embedded);
  });

  test('does not count against a document when it is the server that stops', async () => {
    const { document } = await bench.upload('The kettle is blue.');
    for (let round = 0; round < 5; round += 1) {
      await expect(bench.resumeAll(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
    }
    await bench.resumeAll();
    expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
  });

  test('does not count against a document when it is the database that is away, and cannot even be told', async () => {
    const flaky = openFlakyDatabase(bench.database.db);
    let lost = 0;
    bench.use({
      db: flaky.db,
      reader: {
        read: (file, options) => {
          lost += 1;
          if (lost > 4) return inProcessReader.read(file, options);
          flaky.breakNext(1);
          return Promise.reject(new Error('Connection terminated unexpectedly'));
        },
      },
    });
    const { document } = await bench.upload('The kettle is blue.');
    for (let round = 1; round <= 4; round += 1) {
      await expect(bench.resumeAll()).rejects.toThrow('Connection terminated');
    }
    await bench.resumeAll();
    expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
  });

  test.each(['reading', 'chunking', 'embedding', 'publishing'] as const)(
    'put back to %s again and again yields the same chunks, once',
    async (stage) => {
      const { document } = await bench.upload(longText);
      const { versionId } = document.ingestion;
      await bench.deps.runJobs();
      const listSpans = async () => {
        const { chunks } = await getDocumentText(bench.deps, bench.database.scope, { documentId: document.id });
        return chunks.map(({ ordinal, startOffset, endOffset }) => [ordinal, startOffset, endOffset]);
      };
      const spans = await listSpans();
      for (let round = 0; round < 2; round += 1) {
        await bench.database.db.updateTable('document_version').set({ stage }).where('id', '=', versionId).execute();
        await bench.resumeAll();
      }
      expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
      expect(await listSpans()).toEqual(spans);
      const model = (await findActiveEmbeddingModel(bench.database.db))!;
      const vectors = { modelId: model.id, versionId };
      expect(await countEmbeddings(bench.database.db, bench.database.scope, vectors)).toBe(spans.length);
    },
  );

  test('that its reader dies of three times fails with a reason, and the next one is read', async () => {
    let begun = 0;
    const poison = 'Poison.';
    bench.use({
      reader: {
        read: async (file, options) => {
          if (file.byteSize !== poison.length) return await inProcessReader.read(file, options);
          begun += 1;
          throw unreadable(file.fileName, 'crashed');
        },
      },
    });
    const { document } = await bench.upload(poison);
    const other = await bench.upload('The kettle is blue.');
    for (let crash = 1; crash <= 2; crash += 1) {
      await expect(bench.resumeAll()).rejects.toMatchObject({ reason: 'crashed' });
      expect((await bench.document(document.id)).ingestion).toMatchObject({ stage: 'reading', error: null });
    }
    await bench.resumeAll();
    expect(begun).toBe(3);
    const { ingestion } = await bench.document(document.id);
    expect(ingestion).toMatchObject({ stage: 'failed', error: { code: 'crashed', stage: 'reading' } });
    expect(ingestion.error?.message).toContain('brought its reading down 3 times');
    expect(await bench.document(other.document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
  });

  test('that its reader dies of counts once, also when the connection breaks before the count is confirmed', async () => {
    const unconfirmed = new WeakSet<object>();
    let breaks = false;
    const db = bench.database.db.withPlugin({
      transformQuery({ node, queryId }) {
        if (breaks && node.kind === 'UpdateQueryNode') unconfirmed.add(queryId);
        return node;
      },
      transformResult({ result, queryId }) {
        if (!unconfirmed.has(queryId)) return Promise.resolve(result);
        breaks = false;
        return Promise.reject(new Error('Connection terminated unexpectedly'));
      },
    });
    bench.use({
      db,
      reader: {
        read(file) {
          breaks = true;
          return Promise.reject(unreadable(file.fileName, 'crashed'));
        },
      },
    });
    const { document } = await bench.upload('Poison.');
    for (let crash = 1; crash <= 2; crash += 1) {
      await expect(bench.resumeAll()).rejects.toMatchObject({ reason: 'crashed' });
    }
    expect(await findVersion(bench.database.db, bench.database.scope, document.ingestion.versionId)).toMatchObject({
      stage: 'reading',
      crashes: 2,
      attempts: 0,
    });
  });

  /** As of servers that die in the middle of it: nothing ever comes back. */
  async function dieReading(times: number): Promise<void> {
    let begun = 0;
    bench.use({
      reader: {
        read: async () => {
          begun += 1;
          return await new Promise<never>(() => undefined);
        },
      },
    });
    for (let death = 1; death <= times; death += 1) {
      void bench.resumeAll();
      await vi.waitUntil(() => begun === death, { timeout: 20_000 });
    }
    bench.use({});
  }

  test('does not count against a document when the server dies several times over it', async () => {
    const { document } = await bench.upload('The kettle is blue.');
    await dieReading(5);
    await bench.resumeAll();
    expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
  });

  test('ends when every server dies in the middle of it, and says so without blaming the file', async () => {
    const { document } = await bench.upload('The kettle is blue.');
    await dieReading(limits.ingestAttemptsMax);
    await bench.resumeAll();
    const { ingestion } = await bench.document(document.id);
    expect(ingestion).toMatchObject({ stage: 'failed', error: { code: 'server-ended' }, remedy: 'retry' });
    expect(ingestion.error?.message).toContain('The server ended 10 times');
    await retryDocument(bench.deps, bench.database.scope, document.id);
    await bench.deps.runJobs();
    expect(await bench.document(document.id)).toMatchObject({ ingestion: { stage: 'ready' } });
  });
});

describe('canceling', () => {
  test('stops the work, leaves nothing to find, and can be taken back', async () => {
    let aborted = false;
    const { document } = await bench.upload('The kettle is blue.');
    bench.use({
      reader: {
        read: (_file, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true;
              reject(new Error('aborted'));
            });
          }),
      },
    });
    const working = bench.resumeAll();
    await waitForStage(document.id, 'reading');
    const canceled = await cancelIngestion(bench.deps, bench.database.scope, document.id);
    expect(canceled.ingestion.stage).toBe('canceled');
    await working;
    expect(aborted).toBe(true);
    await expect(cancelIngestion(bench.deps, bench.database.scope, document.id)).rejects.toMatchObject({
      code: 'conflict',
    });
    bench.use({});
    await retryDocument(bench.deps, bench.database.scope, document.id);
    await bench.deps.runJobs();
    expect(await bench.search('kettle')).toEqual(['The kettle is blue.']);
  });
});

test('a canceled reading that is tried again starts at its first page, and says so', async () => {
  const { document } = await bench.upload('The kettle is blue.');
  bench.use({
    reader: {
      read: (_file, { onProgress, signal }) => {
        onProgress?.({ pagesRead: 20, pageCount: 20, recognition: { pagesDone: 7, pageCount: 20 } });
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      },
    },
  });
  const working = bench.resumeAll();
  while ((await bench.document(document.id)).ingestion.pictures.recognised === 0) await delay(10);
  await cancelIngestion(bench.deps, bench.database.scope, document.id);
  await working;
  await retryDocument(bench.deps, bench.database.scope, document.id);
  expect((await bench.document(document.id)).ingestion).toMatchObject({
    stage: 'queued',
    pagesRead: 0,
    pictures: { recognised: 0, toRecognise: 0 },
  });
});

async function waitForStage(documentId: string, stage: string): Promise<void> {
  while ((await bench.document(documentId)).ingestion.stage !== stage) await delay(10);
}
