import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { inProcessReader } from './in-process-reader.ts';
import { retryDocument } from './retry-document.ts';
import { retryFailedDocuments } from './retry-failed-documents.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

describe('a model that is away', () => {
  test('parks the document at its stage, says so, and the queue heals it', async () => {
    let isAway = true;
    bench.use({
      embedder: {
        ...testEmbedder,
        embed: (texts, purpose) =>
          isAway
            ? Promise.reject(new AppError('model-unavailable', 'The embedding model does not answer.'))
            : testEmbedder.embed(texts, purpose),
      },
    });
    const { document } = await bench.upload('The kettle is blue.');
    for (let round = 0; round < 5; round += 1) {
      await expect(bench.resumeAll()).rejects.toMatchObject({ code: 'model-unavailable' });
    }
    expect((await bench.document(document.id)).ingestion).toMatchObject({
      stage: 'embedding',
      error: { code: 'model-unavailable', message: 'The embedding model does not answer.', stage: 'embedding' },
    });
    isAway = false;
    await bench.resumeAll();
    expect((await bench.document(document.id)).ingestion).toMatchObject({
      stage: 'ready',
      error: null,
    });
  });

  test('that refuses fails the document; a retry goes on from there without reading again', async () => {
    let refuses = true;
    let readings = 0;
    bench.use({
      reader: {
        read: (file, options) => {
          readings += 1;
          return inProcessReader.read(file, options);
        },
      },
      embedder: {
        ...testEmbedder,
        embed: (texts, purpose) =>
          refuses
            ? Promise.reject(new AppError('model-refused', 'The key is not valid.'))
            : testEmbedder.embed(texts, purpose),
      },
    });
    const { document } = await bench.upload('The kettle is blue.');
    await bench.deps.runJobs();
    expect((await bench.document(document.id)).ingestion).toMatchObject({
      stage: 'failed',
      error: { code: 'model-refused', stage: 'embedding' },
    });
    refuses = false;
    expect(await retryFailedDocuments(bench.deps, bench.database.scope)).toEqual({ count: 1 });
    await bench.deps.runJobs();
    expect((await bench.document(document.id)).ingestion.stage).toBe('ready');
    expect(readings).toBe(1);
    await expect(retryDocument(bench.deps, bench.database.scope, document.id)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('other than the one in use is not mixed in: the document is found by its words and says so', async () => {
    await bench.upload('The kettle is blue.');
    await bench.deps.runJobs();
    bench.use({ embedder: { ...testEmbedder, modelName: 'another', dimensions: 8 } });
    const { document } = await bench.upload('The teapot is green.');
    await bench.deps.runJobs();
    const { ingestion } = await bench.document(document.id);
    expect(ingestion).toMatchObject({ stage: 'ready', chunksEmbedded: 0 });
    expect(ingestion.warnings.join()).toContain('“another” is configured now');
    expect(await bench.search('teapot')).toEqual(['The teapot is green.']);
  });
});

test('canceled in the middle of embedding and tried again, the share that is done starts from nothing', async () => {
  const { document } = await bench.upload(
    Array.from({ length: 400 }, (_, index) => `Sentence ${index} tells of the zeppelin.`).join(' '),
  );
  const shares: number[] = [];
  const note = async () => {
    const { stage, chunksEmbedded, chunkCount } = (await bench.document(document.id)).ingestion;
    if (stage === 'embedding') shares.push(chunksEmbedded / chunkCount!);
  };
  let batches = 0;
  bench.use({
    embedder: {
      ...testEmbedder,
      batchMax: 3,
      embed: async (texts, purpose) => {
        batches += 1;
        await note();
        if (batches === 3) await cancelIngestion(bench.deps, bench.database.scope, document.id);
        return await testEmbedder.embed(texts, purpose);
      },
    },
  });
  await bench.resumeAll();
  expect((await bench.document(document.id)).ingestion.stage).toBe('canceled');
  shares.length = 0;
  await retryDocument(bench.deps, bench.database.scope, document.id);
  await bench.deps.runJobs();
  const { ingestion } = await bench.document(document.id);
  expect(ingestion).toMatchObject({ stage: 'ready', chunksEmbedded: ingestion.chunkCount });
  expect(shares[0]).toBe(0);
  expect(Math.max(...shares)).toBeLessThan(1);
});
