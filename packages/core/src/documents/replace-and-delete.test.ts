import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { deleteDocument } from './delete-document.ts';
import { getDocumentText } from './get-document-text.ts';
import { listDocuments } from './list-documents.ts';

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

describe('new content under the same id', () => {
  test('replaces the old at once: the old answers until the new is ready, then no more', async () => {
    await bench.ingest([{ id: 'doc-1', content: 'The kettle is blue.', title: 'Kettle' }]);
    await bench.deps.runJobs();
    const before = await bench.corpusVersion();
    const { documents } = await bench.ingest([{ id: 'doc-1', content: 'The kettle is green.' }]);
    expect(documents).toMatchObject([{ id: 'doc-1', outcome: 'replaced' }]);
    expect(await bench.search('kettle')).toEqual(['The kettle is blue.']);
    await bench.deps.runJobs();
    expect(await bench.search('kettle')).toEqual(['The kettle is green.']);
    expect(await bench.corpusVersion()).toBe(before + 1);
    expect(await bench.document('doc-1')).toMatchObject({
      title: 'Kettle',
      ingestion: { versionNumber: 2, stage: 'ready' },
    });
    expect(await countRowsHolding(bench.database.db, 'kettle is blue')).toEqual({});
  });

  test('sent fifty times at once ends as one live version, the last one committed', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        bench.ingest([{ id: 'doc-1', content: `Version ${index} of the kettle.` }]),
      ),
    );
    await bench.deps.runJobs();
    const text = await getDocumentText(bench.deps, bench.database.scope, { documentId: 'doc-1' });
    expect(await bench.search('kettle')).toEqual([text.text]);
    expect((await bench.document('doc-1')).ingestion.versionNumber).toBe(50);
    expect(await bench.database.db.selectFrom('blob').selectAll().execute()).toHaveLength(1);
  });

  test('that cannot be read leaves the old one answering', async () => {
    await bench.upload('The kettle is blue.', { documentId: 'doc-1' });
    await bench.deps.runJobs();
    await bench.upload(
      new Uint8Array(2_000).map((_, index) => (index * 37) % 256),
      { documentId: 'doc-1', fileName: 'x.bin' },
    );
    await bench.deps.runJobs();
    expect(await bench.document('doc-1')).toMatchObject({
      searchable: true,
      ingestion: { stage: 'failed', error: { code: 'unknown-type', stage: 'reading' } },
    });
    expect(await bench.search('kettle')).toEqual(['The kettle is blue.']);
  });

  test('also counts when another document reads the same', async () => {
    await bench.ingest([
      { id: 'doc-1', content: 'The kettle is blue.' },
      { id: 'doc-2', content: 'The kettle is green.' },
    ]);
    await bench.deps.runJobs();
    const { documents } = await bench.ingest([{ id: 'doc-1', content: 'The kettle is green.' }]);
    expect(documents[0]?.outcome).toBe('replaced');
  });
});

describe('deleting', () => {
  test('leaves the text in no table, and queued work finds nothing to do', async () => {
    const canary = 'xylophone-canary-7391';
    await bench.ingest([{ id: 'doc-1', content: `# Secret\n\nThe ${canary} is hidden here.` }]);
    await bench.deps.runJobs();
    await bench.ingest([{ id: 'doc-1', content: `# Secret\n\nThe second ${canary} is hidden here.` }]);
    expect(await countRowsHolding(bench.database.db, canary)).not.toEqual({});
    const before = await bench.corpusVersion();
    await deleteDocument(bench.deps, bench.database.scope, 'doc-1');
    await bench.deps.runJobs();
    expect(await countRowsHolding(bench.database.db, canary)).toEqual({});
    expect(await bench.corpusVersion()).toBe(before + 1);
    await expect(bench.document('doc-1')).rejects.toMatchObject({ code: 'not-found' });
    await expect(deleteDocument(bench.deps, bench.database.scope, 'doc-1')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('in the middle of embedding ends the work quietly', async () => {
    const { document } = await bench.upload(longText);
    bench.use({
      embedder: {
        ...testEmbedder,
        batchMax: 2,
        embed: async (texts, purpose) => {
          await deleteDocument(bench.deps, bench.database.scope, document.id).catch(() => undefined);
          return await testEmbedder.embed(texts, purpose);
        },
      },
    });
    await bench.resumeAll();
    expect((await listDocuments(bench.deps, bench.database.scope, { limit: 10 })).totalCount).toBe(0);
    expect(await countRowsHolding(bench.database.db, 'zeppelin')).toEqual({});
  });
});
