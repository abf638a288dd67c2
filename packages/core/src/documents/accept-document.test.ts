import { findActiveEmbeddingModel } from '@twin/db/queries/embedding-models';
import { countEmbeddings } from '@twin/db/queries/embeddings';
import { listPassages } from '@twin/db/queries/search';
import { searchWords } from '@twin/db/testing/search-words';
import { listFixtureFiles } from '@twin/testing/fixtures/fixture-files';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { deleteDocuments } from './delete-documents.ts';
import { getDocumentText } from './get-document-text.ts';
import { listDocuments } from './list-documents.ts';
import { listIngestions } from './list-ingestions.ts';
import { loadSamples } from './load-samples.ts';
import { readFile } from './read-file.ts';
import { receiveUpload } from './receive-upload.ts';
import { waitForIngestion } from './wait-for-ingestion.ts';

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

describe('an upload', () => {
  test('is queued with its bytes, then becomes searchable with vectors, pages and exact offsets', async () => {
    const file = listFixtureFiles().find(({ fileName }) => fileName === 'voyage.pdf')!;
    const { document, outcome } = await bench.upload(file.bytes, { fileName: 'voyage.pdf' });
    expect(outcome).toBe('created');
    expect(document).toMatchObject({ title: 'voyage', searchable: false, ingestion: { stage: 'queued' } });
    await bench.deps.runJobs();
    const ready = await bench.document(document.id);
    expect(ready).toMatchObject({
      title: 'Log of the Meridian',
      mediaType: 'application/pdf',
      searchable: true,
      ingestion: { stage: 'ready', pageCount: 2, pagesRead: 2, error: null },
    });
    expect(await bench.search('rudder')).toEqual([expect.stringContaining('one sail and no rudder')]);
    const model = (await findActiveEmbeddingModel(bench.database.db))!;
    expect(model).toMatchObject({ provider: 'builtin', name: testEmbedder.modelName, dimensions: 64 });
    const vectors = { modelId: model.id, versionId: ready.ingestion.versionId };
    expect(await countEmbeddings(bench.database.db, bench.database.scope, vectors)).toBe(ready.ingestion.chunkCount);
    const text = await getDocumentText(bench.deps, bench.database.scope, { documentId: document.id });
    const found = await searchWords(bench.database.db, bench.database.scope, { question: 'rudder', limit: 1 });
    const [passage] = await listPassages(bench.database.db, bench.database.scope, [found[0]!.chunkId]);
    expect(text.text.slice(passage!.startOffset, passage!.endOffset)).toBe(passage!.content);
    expect(passage).toMatchObject({ pageFrom: 1, pageTo: 2 });
  });

  test('larger than one part is given back byte for byte', async () => {
    const bytes = Buffer.from(longText.repeat(40));
    const { document } = await bench.upload(bytes, { fileName: '../../etc/long\u0007.txt' });
    const file = await readFile(bench.deps, bench.database.scope, document.id);
    expect(file).toMatchObject({ fileName: 'long.txt', byteSize: bytes.length });
    const parts: Uint8Array[] = [];
    for await (const part of file.content) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  test('that is empty is refused and leaves nothing', async () => {
    await expect(bench.upload('')).rejects.toMatchObject({ code: 'invalid-input', reason: 'empty' });
    expect(await bench.database.db.selectFrom('blob').selectAll().execute()).toEqual([]);
  });

  test('whose sender goes away leaves nothing', async () => {
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(600_000).fill(65);
      throw new Error('aborted');
    }
    const upload = { fileName: 'a.txt', mediaType: null, content: cut(), origin: 'upload' as const };
    await expect(receiveUpload(bench.deps, bench.database.scope, upload)).rejects.toThrow('aborted');
    expect(await bench.database.db.selectFrom('blob').selectAll().execute()).toEqual([]);
    expect((await listDocuments(bench.deps, bench.database.scope, { limit: 10 })).totalCount).toBe(0);
  });
});

describe('the same content', () => {
  test('twice is one document, whatever its name', async () => {
    const first = await bench.upload('The kettle is blue.', { fileName: 'a.md' });
    const second = await bench.upload('The kettle is blue.', { fileName: 'b.txt' });
    await bench.deps.runJobs();
    const third = await bench.upload('The kettle is blue.', { fileName: 'c.md' });
    expect([second.outcome, third.outcome]).toEqual(['duplicate', 'duplicate']);
    expect(third.document.id).toBe(first.document.id);
    expect((await listDocuments(bench.deps, bench.database.scope, { limit: 10 })).totalCount).toBe(1);
    expect(await bench.database.db.selectFrom('blob').selectAll().execute()).toHaveLength(1);
  });

  test('sent fifty times at once is one document', async () => {
    const outcomes = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, index) => (await bench.upload('Once only.', { fileName: `${index}.md` })).outcome,
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(49);
  });

  test('uploaded again after it failed is tried again as the same document', async () => {
    const first = await bench.upload(' \n', { fileName: 'blank.md' });
    await bench.deps.runJobs();
    const second = await bench.upload(' \n', { fileName: 'blank.md' });
    expect(second).toMatchObject({ outcome: 'replaced', document: { id: first.document.id } });
  });
});

describe('content that another document holds as well', () => {
  const text = 'The kettle is blue.';

  test('is a document of its own under an id of its own, which says what reads the same', async () => {
    await bench.ingest([{ id: 'a', content: text }]);
    const { documents } = await bench.ingest([{ id: 'b', content: text }]);
    expect(documents).toMatchObject([{ id: 'b', outcome: 'created', sameAs: 'a' }]);
    await bench.deps.runJobs();
    expect(await bench.document('b')).toMatchObject({ searchable: true, ingestion: { chunkCount: 1 } });
    expect(await bench.upload(text)).toMatchObject({ outcome: 'duplicate', sameAs: null });
  });

  test('is said to read like none that was deleted, though it could be brought back', async () => {
    await bench.ingest([{ id: 'a', content: text }]);
    await deleteDocuments(bench.deps, bench.database.scope, ['a']);
    const { documents } = await bench.ingest([{ id: 'b', content: text }]);
    expect(documents).toMatchObject([{ id: 'b', outcome: 'created', sameAs: null }]);
  });

  test.each([
    ['replaced', () => bench.ingest([{ id: 'a', content: 'The kettle is green.' }])],
    ['deleted', () => deleteDocuments(bench.deps, bench.database.scope, ['a'])],
  ])('stays when that one is %s', async (_end, end) => {
    await bench.ingest([
      { id: 'a', content: text },
      { id: 'b', content: text },
    ]);
    await bench.deps.runJobs();
    await end();
    await bench.deps.runJobs();
    expect(await bench.search('blue')).toEqual([text]);
  });

  test.each(['is under way', 'has failed'])(
    'is taken in when a version that %s is to replace it there',
    async (state) => {
      await bench.ingest([{ id: 'a', content: text }]);
      await bench.deps.runJobs();
      await bench.upload(state === 'has failed' ? '%PDF-1.7 and then nothing' : 'The kettle is red.', {
        documentId: 'a',
      });
      if (state === 'has failed') await bench.deps.runJobs();
      const again = await bench.upload(text);
      expect(again.outcome).toBe('created');
      await bench.deps.runJobs();
      await bench.ingest([{ id: 'a', content: 'The kettle is green.' }]);
      await bench.deps.runJobs();
      expect(await bench.search('kettle')).toEqual(expect.arrayContaining([text, 'The kettle is green.']));
      expect(await bench.document(again.document.id)).toMatchObject({
        searchable: true,
        ingestion: { stage: 'ready' },
      });
    },
  );
});

describe('an ingest call', () => {
  test('takes all of its documents or none', async () => {
    await expect(
      bench.ingest([
        { id: 'doc-1', content: 'Good.' },
        { id: 'doc-2', content: '  ' },
      ]),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    expect((await listDocuments(bench.deps, bench.database.scope, { limit: 10 })).totalCount).toBe(0);
  });

  test('is logged with its caller and documents', async () => {
    const { ingestionId } = await bench.ingest([{ id: 'doc-1', content: 'Your content', title: 'Title' }]);
    expect((await listIngestions(bench.deps, bench.database.scope, { limit: 10 })).ingestions).toMatchObject([
      {
        id: ingestionId,
        userId: 'user-123',
        documentCount: 1,
        documents: [{ id: 'doc-1', title: 'Title', outcome: 'created' }],
      },
    ]);
  });

  test('is logged with the stage its documents stand at now, and without one for those that are gone', async () => {
    await bench.ingest([
      { id: 'good', content: 'Your content' },
      { id: 'gone', content: 'Other content' },
    ]);
    const stages = async () => {
      const { ingestions } = await listIngestions(bench.deps, bench.database.scope, { limit: 1 });
      const [call] = ingestions;
      return Object.fromEntries(call!.documents.map(({ id, stage }) => [id, stage]));
    };
    expect(await stages()).toEqual({ good: 'queued', gone: 'queued' });
    await bench.deps.runJobs();
    await deleteDocuments(bench.deps, bench.database.scope, ['gone']);
    expect(await stages()).toEqual({ good: 'ready', gone: null });
  });

  test('is logged page by page, a failed one with its file and the reason', async () => {
    await bench.upload('%PDF-1.7 and then nothing', { fileName: 'broken.pdf', title: 'Broken' });
    for (const id of ['one', 'two', 'three', 'four']) await bench.ingest([{ id, content: id }]);
    await bench.deps.runJobs();
    const seen = [];
    let cursor: string | undefined;
    do {
      const input = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const page = await listIngestions(bench.deps, bench.database.scope, input);
      expect(page.ingestions.length).toBeLessThanOrEqual(2);
      seen.push(...page.ingestions.flatMap(({ documents }) => documents));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.slice(0, 4).map(({ id }) => id)).toEqual(['four', 'three', 'two', 'one']);
    expect(seen.slice(4)).toMatchObject([
      {
        title: 'Broken',
        fileName: 'broken.pdf',
        stage: 'failed',
        error: expect.stringContaining('is damaged or incomplete'),
      },
    ]);
    await expect(
      listIngestions(bench.deps, bench.database.scope, { limit: 2, cursor: 'nonsense' }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('can be waited for', async () => {
    const { documents } = await bench.ingest([{ id: 'doc-1', content: 'Your content' }]);
    const versionIds = documents.map(({ versionId }) => versionId);
    const early = await waitForIngestion(bench.deps, bench.database.scope, versionIds, { timeoutMs: 20 });
    expect(early).toMatchObject({ settled: false, ingestions: [{ stage: 'queued' }] });
    const waiting = waitForIngestion(bench.deps, bench.database.scope, versionIds, { timeoutMs: 10_000 });
    await bench.deps.runJobs();
    expect(await waiting).toMatchObject({ settled: true, ingestions: [{ stage: 'ready', chunkCount: 1 }] });
  });
});

test('the list pages through documents accepted in one instant without loss or repetition', async () => {
  await bench.ingest(Array.from({ length: 7 }, (_, index) => ({ id: `doc-${index}`, content: `Content ${index}` })));
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listDocuments(bench.deps, bench.database.scope, {
      limit: 3,
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.documents.map((document) => document.id));
    expect(page.totalCount).toBe(7);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(ids.toSorted()).toEqual(Array.from({ length: 7 }, (_, index) => `doc-${index}`));
  await expect(listDocuments(bench.deps, bench.database.scope, { limit: 3, cursor: 'nonsense' })).rejects.toMatchObject(
    {
      code: 'invalid-input',
    },
  );
});

test('the sample collection loads, once', async () => {
  expect(await loadSamples(bench.deps, bench.database.scope)).toHaveLength(5);
  await bench.deps.runJobs();
  const again = await loadSamples(bench.deps, bench.database.scope);
  for (const { origin, ingestion } of again) expect([origin, ingestion.stage]).toEqual(['sample', 'ready']);
  expect((await bench.search('wound'))[0]).toContain('The tide clock must be wound every eighth day');
});
