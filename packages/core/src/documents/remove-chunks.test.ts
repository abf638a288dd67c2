import { countChunks } from '@twin/db/queries/chunks';
import { markErasing } from '@twin/db/queries/deleted-documents';
import { cleanupExpiredEntries } from '@twin/db/queries/expired-rows';
import { findVersion } from '@twin/db/queries/versions';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { limits } from '../limits.ts';
import { sweepDatabase } from '../maintenance/sweep-database.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { cancelIngestion } from './cancel-ingestion.ts';
import { deleteDocuments } from './delete-documents.ts';
import { eraseDeletedDocument } from './erase-documents.ts';
import { publishVersion } from './publish-version.ts';
import { chunksAtOnceMax } from './remove-chunks.ts';
import { restoreDocuments } from './restore-documents.ts';
import { retryDocument } from './retry-document.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const said = (word: string) =>
  Array.from({ length: 150 }, (_, index) => `Sentence ${index} tells of the ${word} in plain words.`).join(' ');

/** A document with more passages than go at once. */
async function uploadLong(word: string): Promise<number> {
  const { document } = await bench.upload(said(word), { documentId: 'long' });
  await bench.deps.runJobs();
  const { versionId } = document.ingestion;
  await addChunks(versionId);
  await sql`update document_version set chunk_count = ${await chunksOf(versionId)} where id = ${versionId}`.execute(
    bench.database.db,
  );
  return versionId;
}

async function addChunks(versionId: number): Promise<void> {
  await sql`
    insert into chunk (twin_id, document_id, version_id, ordinal, start_offset, end_offset, content, token_count, tsv)
    select 1, 'long', ${versionId}, 5000 + n, n, n + 1, 'x', 1, to_tsvector('english', 'dirigible')
    from generate_series(0, ${chunksAtOnceMax}::integer) as n`.execute(bench.database.db);
}

const chunksOf = (versionId: number) => countChunks(bench.database.db, bench.database.scope, versionId);

test('a long table that is replaced is found no more from the swap on, and all its passages go afterwards', async () => {
  const { db, scope } = bench.database;
  const old = await uploadLong('zeppelin');
  await bench.upload(said('balloon'), { documentId: 'long' });
  await bench.deps.runJobs();
  expect(await bench.search('zeppelin')).toEqual([]);
  expect((await bench.search('balloon')).length).toBeGreaterThan(1);
  expect(await chunksOf(old)).toBe(0);
  expect(await findVersion(db, scope, old)).toMatchObject({ stage: 'replaced', visibility: 'hidden' });
});

test('an interruption leaves passages that nobody finds, and that a later clean-up removes', async () => {
  const { db, scope } = bench.database;
  const old = await uploadLong('zeppelin');
  const { document } = await bench.upload(said('balloon'), { documentId: 'long' });
  const { versionId } = document.ingestion;
  await bench.deps.runJobs();
  // The swap once more, back and forth, and this time what comes after it is interrupted.
  await sql`update document set live_version_id = ${old}`.execute(db);
  await sql`update document_version set stage = 'ready', visibility = 'live' where id = ${old}`.execute(db);
  await sql`update document_version set stage = 'publishing', visibility = 'hidden' where id = ${versionId}`.execute(
    db,
  );
  await addChunks(old);
  const version = (await findVersion(db, scope, versionId))!;
  const stopping = AbortSignal.abort(new Error('stopping'));
  await expect(publishVersion(bench.deps, scope, { version, inHand: {} }, stopping)).rejects.toThrow('stopping');
  expect(await bench.document('long')).toMatchObject({ ingestion: { stage: 'ready', versionId } });
  expect(await chunksOf(old)).toBeGreaterThan(1);
  expect(await bench.search('balloon')).toHaveLength(await chunksOf(versionId));
  await sql`update document_version set updated_at = now() - interval '2 hours' where id = ${old}`.execute(db);
  await cleanupExpiredEntries(db, scope);
  expect(await chunksOf(old)).toBe(0);
});

test('a long table that is canceled lets nobody wait, leaves nothing to find, and can be tried again', async () => {
  const { db, scope } = bench.database;
  const { document } = await bench.upload(said('zeppelin'), { documentId: 'long' });
  const { versionId } = document.ingestion;
  await sql`update document_version set stage = 'embedding', visibility = 'hidden' where id = ${versionId}`.execute(db);
  await addChunks(versionId);
  await cancelIngestion(bench.deps, scope, 'long');
  expect(await bench.search('dirigible')).toEqual([]);
  await vi.waitUntil(async () => (await chunksOf(versionId)) === 0, { timeout: 20_000 });
  await retryDocument(bench.deps, scope, 'long');
  await bench.deps.runJobs();
  expect((await bench.search('zeppelin')).length).toBeGreaterThan(1);
}, 60_000);

test('a long table that is deleted goes whole, and is not brought back from the moment its passages go', async () => {
  const { db, scope } = bench.database;
  const versionId = await uploadLong('zeppelin');
  await deleteDocuments(bench.deps, scope, ['long']);
  await restoreDocuments(bench.deps, scope, ['long']);
  await deleteDocuments(bench.deps, scope, ['long']);
  await eraseDeletedDocument(bench.deps, scope, 'long');
  expect(await chunksOf(versionId)).toBeGreaterThan(1);
  await sql`update document set deleted_at = now() - make_interval(secs => ${limits.undoDeleteSeconds}::integer)`.execute(
    db,
  );
  await db.transaction().execute((tx) => markErasing(tx, scope, 'long'));
  await expect(restoreDocuments(bench.deps, scope, ['long'])).rejects.toMatchObject({ code: 'not-found' });
  await eraseDeletedDocument(bench.deps, scope, 'long');
  expect(await chunksOf(versionId)).toBe(0);
  expect(await findVersion(db, scope, versionId)).toBeUndefined();
});

/** How many passages the largest statement removes while `work` is under way. */
async function mostAtOnce(work: () => Promise<unknown>): Promise<number> {
  const { db } = bench.database;
  await sql`create table removal (count integer)`.execute(db);
  await sql`create function record_removal() returns trigger language plpgsql as $$
    begin insert into removal select count(*) from gone; return null; end $$`.execute(db);
  await sql`create trigger record_removal after delete on chunk referencing old table as gone
    for each statement execute function record_removal()`.execute(db);
  await work();
  const { rows } = await sql<{ most: number }>`select max(count) as most from removal`.execute(db);
  await sql`drop table removal`.execute(db);
  await sql`drop function record_removal cascade`.execute(db);
  return rows[0]?.most ?? 0;
}

test('a document that is uploaded again right after a long table of its id was deleted has its passages go a few at a time', async () => {
  const old = await uploadLong('zeppelin');
  await deleteDocuments(bench.deps, bench.database.scope, ['long']);
  const most = await mostAtOnce(async () => {
    const { outcome } = await bench.upload(said('balloon'), { documentId: 'long' });
    expect(outcome).toBe('created');
  });
  expect(most).toBe(200);
  expect(await chunksOf(old)).toBe(0);
  await bench.deps.runJobs();
  expect((await bench.search('balloon')).length).toBeGreaterThan(1);
});

test('texts under the id of a long table that was just deleted are taken in likewise', async () => {
  const { scope } = bench.database;
  const old = await uploadLong('zeppelin');
  await deleteDocuments(bench.deps, scope, ['long']);
  const documents = [
    { id: 'other', content: said('kite') },
    { id: 'long', content: said('balloon') },
  ];
  const most = await mostAtOnce(async () => {
    const result = await bench.ingest(documents);
    expect(result.documents.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
  });
  expect(most).toBe(200);
  expect(await chunksOf(old)).toBe(0);
});

test('a long table that is replaced while it is still being cut leaves its passages to a clean-up, a few at a time', async () => {
  const { db, scope } = bench.database;
  const { document } = await bench.upload(said('zeppelin'), { documentId: 'long' });
  const { versionId } = document.ingestion;
  await sql`update document_version set stage = 'chunking', visibility = 'hidden' where id = ${versionId}`.execute(db);
  await addChunks(versionId);
  const most = await mostAtOnce(async () => {
    await bench.upload(said('balloon'), { documentId: 'long' });
    await sql`update document_version set updated_at = now() - interval '2 hours' where id = ${versionId}`.execute(db);
    await cleanupExpiredEntries(db, scope);
  });
  expect(most).toBeLessThan(chunksAtOnceMax);
  expect(await chunksOf(versionId)).toBe(0);
});

test('a long table whose erasing was killed goes with the clean-up, a few at a time', async () => {
  const { db, scope } = bench.database;
  const old = await uploadLong('zeppelin');
  await deleteDocuments(bench.deps, scope, ['long']);
  await sql`update document set deleted_at = now() - interval '1 day'`.execute(db);
  const most = await mostAtOnce(async () => await sweepDatabase({ db }, scope));
  expect(most).toBe(200);
  expect(await chunksOf(old)).toBe(0);
  expect(await findVersion(db, scope, old)).toBeUndefined();
});
