import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { findNearestChunks } from '@twin/db/queries/search';
import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { listStoredDocuments } from '@twin/db/testing/list-stored-documents';
import { wholeLibrary } from '@twin/db/testing/whole-library';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { getDocumentText } from './get-document-text.ts';
import { reindexDocuments } from './reindex-documents.ts';
import { switchChunk } from './switch-chunk.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

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

describe('passages that stay the same', () => {
  const sections = Array.from({ length: 12 }, (_, index) => {
    const sentences = Array.from(
      { length: 40 },
      (_unused, at) => `Sentence ${at} of part ${index} tells of the kettle.`,
    );
    return `## Part ${index}\n\n${sentences.join(' ')}`;
  });
  const documentOf = (parts: readonly string[]) => `# The kettle book\n\n${parts.join('\n\n')}\n`;

  test('keep their vectors in a new version: only what has changed is embedded', async () => {
    const embedded: string[] = [];
    bench.use({
      embedder: {
        ...testEmbedder,
        embed: async (texts, purpose) => {
          embedded.push(...texts);
          return await testEmbedder.embed(texts, purpose);
        },
      },
    });
    await bench.ingest([{ id: 'book', content: documentOf(sections), title: 'Book' }]);
    await bench.deps.runJobs();
    const chunkCount = (await bench.document('book')).ingestion.chunkCount ?? 0;
    expect(embedded).toHaveLength(chunkCount);
    embedded.length = 0;

    const changed = sections.with(5, sections[5]!.replace('Sentence 1 ', 'Unheard-of sentence 1 '));
    await bench.ingest([{ id: 'book', content: documentOf(['## New start\n\nHow it came about.', ...changed]) }]);
    await bench.deps.runJobs();
    const { ingestion } = await bench.document('book');
    expect(ingestion).toMatchObject({ stage: 'ready', chunksEmbedded: ingestion.chunkCount });
    expect(embedded.length).toBeLessThan(chunkCount / 2);
    expect(embedded.join('\n')).toContain('Unheard-of');
    const [stored] = await listStoredDocuments(bench.database.db, bench.database.scope);
    expect(stored).toMatchObject({ chunks: ingestion.chunkCount, vectors: ingestion.chunkCount, files: 1 });
  });

  test('stay switched off in a new version, and are switched on again', async () => {
    const { db, scope } = bench.database;
    await bench.ingest([{ id: 'book', content: documentOf(sections), title: 'Book' }]);
    await bench.deps.runJobs();
    const { chunks, text } = await getDocumentText(bench.deps, scope, { documentId: 'book' });
    const off = chunks[4]!;
    const content = text.slice(off.startOffset, off.endOffset);
    expect(await bench.search('kettle')).toContain(content);
    const before = await bench.corpusVersion();
    await switchChunk(bench.deps, scope, { documentId: 'book', chunkId: off.id, enabled: false });
    expect(await bench.corpusVersion()).toBe(before + 1);
    expect(await bench.search('kettle')).not.toContain(content);
    const model = await findActiveEmbeddingModel(db);
    const [embedding] = await testEmbedder.embed([content], 'question');
    const near = { modelId: model!.id, embedding: embedding!, limit: 100, range: wholeLibrary() };
    expect((await findNearestChunks(db, scope, near)).map(({ chunkId }) => chunkId)).not.toContain(off.id);

    await bench.ingest([{ id: 'book', content: documentOf([...sections, '## End\n\nThat was all.']) }]);
    await bench.deps.runJobs();
    const renewed = await getDocumentText(bench.deps, scope, { documentId: 'book' });
    const stillOff = renewed.chunks.filter(({ enabled }) => !enabled);
    expect(stillOff.map(({ startOffset, endOffset }) => renewed.text.slice(startOffset, endOffset))).toEqual([content]);
    expect(await bench.search('kettle')).not.toContain(content);
    await switchChunk(bench.deps, scope, { documentId: 'book', chunkId: stillOff[0]!.id, enabled: true });
    expect(await bench.search('kettle')).toContain(content);
    await expect(
      switchChunk(bench.deps, scope, { documentId: 'book', chunkId: off.id, enabled: true }),
    ).rejects.toMatchObject({ code: 'not-found', reason: 'chunk-gone' });
  });

  test('keep their vectors when the stored file is read anew, and the file stays', async () => {
    await bench.ingest([{ id: 'book', content: documentOf(sections), title: 'Book' }]);
    await bench.deps.runJobs();
    bench.use({ embedder: { ...testEmbedder, embed: () => Promise.reject(new Error('Nothing is to be embedded')) } });
    const [again] = await reindexDocuments(bench.deps, bench.database.scope, ['book', 'unknown']);
    expect(again).toMatchObject({ id: 'book', searchable: true, ingestion: { stage: 'queued', versionNumber: 2 } });
    await expect(reindexDocuments(bench.deps, bench.database.scope, ['book'])).rejects.toMatchObject({
      code: 'conflict',
    });
    await bench.deps.runJobs();
    expect(await bench.document('book')).toMatchObject({ ingestion: { stage: 'ready', versionNumber: 2 } });
    expect(await listStoredDocuments(bench.database.db, bench.database.scope)).toMatchObject([{ files: 1 }]);
  });
});
