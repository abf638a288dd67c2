import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { deleteDocuments } from './delete-documents.ts';
import { restoreDocuments } from './restore-documents.ts';
import { type LibraryNews, watchIngestions } from './watch-ingestions.ts';

let bench: IngestionBench;
let stop: AbortController;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(async () => {
  await bench.reset();
  stop = new AbortController();
});
afterEach(() => stop.abort());
afterAll(() => bench.database.close());

async function told(watching: AsyncGenerator<LibraryNews>): Promise<LibraryNews> {
  const { value, done } = await watching.next();
  if (done === true) throw new Error('The watch ended');
  return value;
}

test('tells every document that changes, first those under way, until it is stopped', async () => {
  const before = await bench.upload('Watched first.');
  const watching = watchIngestions(bench.deps, bench.database.scope, stop.signal);
  expect((await told(watching)).changed).toMatchObject([{ id: before.document.id, ingestion: { stage: 'queued' } }]);
  await bench.deps.runJobs();
  expect((await told(watching)).changed).toMatchObject([{ id: before.document.id, ingestion: { stage: 'ready' } }]);
  const after = await bench.upload('Watched second.');
  await bench.deps.runJobs();
  expect((await told(watching)).changed).toMatchObject([{ id: after.document.id }]);
  stop.abort();
  expect((await watching.next()).done).toBe(true);
});

test('tells what was deleted, and what came back, also when another process did it', async () => {
  const { scope } = bench.database;
  const { document } = await bench.upload('Here and gone.');
  await bench.deps.runJobs();
  const here = watchIngestions(bench.deps, scope, stop.signal);
  const elsewhere = watchIngestions(createTestDeps(bench.database), scope, stop.signal);
  for (const watching of [here, elsewhere]) {
    expect(await told(watching)).toMatchObject({ changed: [{ id: document.id }], removedIds: [] });
  }

  await deleteDocuments(bench.deps, scope, [document.id]);
  for (const watching of [here, elsewhere]) {
    expect(await told(watching)).toEqual({ changed: [], removedIds: [document.id] });
  }
  await restoreDocuments(bench.deps, scope, [document.id]);
  for (const watching of [here, elsewhere]) {
    expect(await told(watching)).toMatchObject({ changed: [{ id: document.id }], removedIds: [] });
  }
});

test('a document that is erased while it is read is told as removed', async () => {
  const { db, scope } = bench.database;
  const { document } = await bench.upload('Never read.');
  const watching = watchIngestions(bench.deps, scope, stop.signal);
  await told(watching);

  await db.deleteFrom('document').where('id', '=', document.id).execute();
  expect(await told(watching)).toEqual({ changed: [], removedIds: [document.id] });
});
