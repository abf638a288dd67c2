import { setDatabaseValue } from '@twin/db/queries/cache';
import { countSearchableDocuments } from '@twin/db/queries/library';
import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerKeyPrefix } from '../cache/cache-keys.ts';
import { organizeDocuments } from '../collections/organize-documents.ts';
import { limits } from '../limits.ts';
import { sweepDatabase } from '../maintenance/sweep-database.ts';
import { testEmbedder } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { deleteDocuments } from './delete-documents.ts';
import { eraseDeletedDocument } from './erase-documents.ts';
import { listDocuments } from './list-documents.ts';
import { listIngestions } from './list-ingestions.ts';
import { restoreDocuments } from './restore-documents.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const canary = 'xylophone-canary-7391';
const note = {
  id: 'doc-1',
  content: `# Secret\n\nThe ${canary} is hidden here.`,
  title: `On the ${canary}`,
  metadata: { shelf: { label: `${canary}, left` } },
};

async function remove(...ids: string[]) {
  return await deleteDocuments(bench.deps, bench.database.scope, ids);
}

async function restore(...ids: string[]) {
  return await restoreDocuments(bench.deps, bench.database.scope, ids);
}

async function erase(id: string) {
  await eraseDeletedDocument(bench.deps, bench.database.scope, id);
}

/** As if the documents had been deleted so much earlier. */
async function passUndoTime() {
  await sql`update document set deleted_at = deleted_at - make_interval(secs => ${limits.undoDeleteSeconds}::integer)`.execute(
    bench.database.db,
  );
}

async function stored(text = canary): Promise<boolean> {
  return Object.keys(await countRowsHolding(bench.database.db, text)).length > 0;
}

async function insertAnswersThatFound(documentId: string, count: number): Promise<void> {
  const { db, scope } = bench.database;
  const sources = [{ documentId, documentTitle: canary, headingPath: [canary], excerpt: canary }];
  await sql`
    with asked as (
      insert into conversation (twin_id, title, user_label, origin) values (${scope.twinId}, 'Asked', 'owner', 'app') returning id
    )
    insert into message (twin_id, conversation_id, ordinal, role, state, text, sources)
    select ${scope.twinId}, asked.id, n, 'assistant', 'done', 'Found.', ${JSON.stringify(sources)}
    from asked, generate_series(1, ${count}::integer) as n`.execute(db);
}

test('an upload is erased with the names it came under and was given', async () => {
  const { document } = await bench.upload('A plain text.', { fileName: `${canary}.md`, title: `The ${canary}` });
  const other = await bench.ingest([{ id: 'other', content: 'Another text.', title: 'Another' }]);
  await bench.deps.runJobs();
  await organizeDocuments(bench.deps, bench.database.scope, { ids: [document.id], addTags: [canary] });
  await remove(document.id);
  await passUndoTime();
  await erase(document.id);
  expect(await stored()).toBe(false);
  const { ingestions: calls } = await listIngestions(bench.deps, bench.database.scope, { limit: 10 });
  expect(calls.map(({ documents }) => documents.map(({ title }) => title))).toEqual([['Another'], [null]]);
  expect(calls[0]?.id).toBe(other.ingestionId);
});

test('a document whose erasure was lost is erased by the sweep, as wholly', async () => {
  await bench.ingest([note, { id: 'kept', content: 'Another text.' }]);
  await bench.deps.runJobs();
  await remove('doc-1');
  const answer = { key: `${answerKeyPrefix}1:x`, value: `It quotes the ${canary}.`, ttlSeconds: 600 };
  await setDatabaseValue(bench.database.db, bench.database.scope, answer);
  expect(await sweepDatabase(bench.deps, bench.database.scope)).toMatchObject({ counts: { deletedDocuments: 0 } });
  await sql`update document set deleted_at = deleted_at - interval '1 hour'`.execute(bench.database.db);
  expect(await sweepDatabase(bench.deps, bench.database.scope)).toMatchObject({ counts: { deletedDocuments: 1 } });
  expect(await stored()).toBe(false);
  expect(await bench.document('kept')).toMatchObject({ searchable: true });
});

test.each(['by its job', 'for new content'])(
  'what a thousand answers have found in a document goes before it, %s',
  async (how) => {
    const { db, scope } = bench.database;
    await bench.ingest([note]);
    await bench.deps.runJobs();
    await insertAnswersThatFound('doc-1', 1_001);
    await remove('doc-1');
    await passUndoTime();
    if (how === 'by its job') await erase('doc-1');
    else await bench.ingest([{ id: 'doc-1', content: 'Something else.' }]);
    expect(await stored()).toBe(false);
    const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from message where sources @> '[{"documentId": "doc-1", "excerpt": ""}]'`.execute(
      db,
    );
    expect(rows).toEqual([{ count: 1_001 }]);
    await sql`delete from conversation where twin_id = ${scope.twinId}`.execute(db);
  },
);

test('a deleted document is gone at once from lists, searches and counts, and its text from every table when erased', async () => {
  await bench.ingest([note]);
  await bench.deps.runJobs();
  await bench.ingest([{ id: 'doc-1', content: `# Secret\n\nThe second ${canary} is hidden here.` }]);
  const before = await bench.corpusVersion();
  expect(await remove('doc-1', 'unknown')).toEqual({ ids: ['doc-1'], undoSeconds: limits.undoDeleteSeconds });

  expect(await bench.corpusVersion()).toBe(before + 1);
  expect(await bench.search('canary')).toEqual([]);
  expect(await countSearchableDocuments(bench.database.db, bench.database.scope)).toBe(0);
  expect((await listDocuments(bench.deps, bench.database.scope, { limit: 10 })).totalCount).toBe(0);
  await expect(bench.document('doc-1')).rejects.toMatchObject({ code: 'not-found' });
  await expect(remove('doc-1')).rejects.toMatchObject({ code: 'not-found' });

  const kept = { key: `${answerKeyPrefix}1:x`, value: `It quotes the ${canary}.`, ttlSeconds: 600 };
  await setDatabaseValue(bench.database.db, bench.database.scope, kept);
  await erase('doc-1');
  expect(await stored()).toBe(true);
  await passUndoTime();
  await erase('doc-1');
  expect(await stored()).toBe(false);
  expect(bench.deps.queuedVersionIds).toEqual([]);
  await expect(restore('doc-1')).rejects.toMatchObject({ code: 'not-found' });
});

test('its erasure may last longer than a request may: nobody waits for it', async () => {
  const { db } = bench.database;
  await bench.ingest([note]);
  await remove('doc-1');
  await passUndoTime();
  // As on a server, where every connection has a bound.
  await sql`set statement_timeout = '5min'`.execute(db);
  const bounds: unknown[] = [];
  bench.use({
    jobs: {
      ...bench.deps.jobs,
      removeIngestions: async (tx) => {
        bounds.push(
          (await sql<{ bound: string }>`select current_setting('statement_timeout') as bound`.execute(tx)).rows[0],
        );
      },
    },
  });
  await erase('doc-1');
  await sql`reset statement_timeout`.execute(db);
  expect(bounds).toEqual([{ bound: '0' }]);
});

test('undone, it is as it was: listed, searchable, and not erased by what was queued for it', async () => {
  await bench.ingest([note]);
  await bench.deps.runJobs();
  const before = await bench.document('doc-1');
  await remove('doc-1');
  await passUndoTime();
  expect(await restore('doc-1', 'unknown')).toMatchObject([{ id: 'doc-1', searchable: true }]);
  await erase('doc-1');
  expect(await bench.search('canary')).toHaveLength(1);
  expect(await bench.document('doc-1')).toMatchObject({ ingestion: before.ingestion, createdAt: before.createdAt });
});

test('undone in the middle of its ingestion, it is taken up where it stood', async () => {
  await bench.ingest([note]);
  await remove('doc-1');
  await bench.deps.runJobs();
  await restore('doc-1');
  expect((await bench.document('doc-1')).ingestion).toMatchObject({ stage: 'queued', attempts: 0 });
  await bench.deps.runJobs();
  expect(await bench.search('canary')).toHaveLength(1);
});

test('deleted in the middle of embedding, the work ends quietly and publishes nothing', async () => {
  const text = Array.from({ length: 400 }, (_, index) => `Sentence ${index} tells of the zeppelin.`).join(' ');
  const { document } = await bench.upload(text);
  bench.use({
    embedder: {
      ...testEmbedder,
      batchMax: 2,
      embed: async (texts, purpose) => {
        await remove(document.id).catch(() => undefined);
        return await testEmbedder.embed(texts, purpose);
      },
    },
  });
  await bench.resumeAll();
  expect(await bench.search('zeppelin')).toEqual([]);
  await passUndoTime();
  await erase(document.id);
  expect(await stored('zeppelin')).toBe(false);
});

test.each([
  [
    'the same content',
    async () => {
      const { document, outcome } = await bench.upload(note.content);
      return { id: document.id, outcome };
    },
  ],
  [
    'other content under its id',
    async () => (await bench.ingest([{ id: 'doc-1', content: 'Something else.' }])).documents[0]!,
  ],
])('%s starts afresh: the deleted document is erased first', async (_name, offer) => {
  await bench.ingest([note]);
  await bench.deps.runJobs();
  await remove('doc-1');
  const { id, outcome } = await offer();
  expect(outcome).toBe('created');
  await expect(restore('doc-1')).rejects.toMatchObject({ code: 'not-found' });
  await bench.deps.runJobs();
  expect(await bench.document(id)).toMatchObject({ ingestion: { stage: 'ready', versionNumber: 1 } });
});

test('the same content under another id is another document: the deleted one can still be brought back', async () => {
  await bench.ingest([note]);
  await bench.deps.runJobs();
  await remove('doc-1');
  const { documents } = await bench.ingest([{ id: 'doc-2', content: note.content }]);
  expect(documents).toMatchObject([{ id: 'doc-2', outcome: 'created' }]);
  await restore('doc-1');
  await bench.deps.runJobs();
  for (const id of ['doc-1', 'doc-2']) expect((await bench.document(id)).ingestion.stage).toBe('ready');
});
