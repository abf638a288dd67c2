import { findSettledCorpusVersion } from '@twin/db/queries/twins';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type IngestionBench, openIngestionBench } from '../testing/ingestion-bench.ts';
import { deleteDocuments } from './delete-documents.ts';
import { getDocument } from './get-document.ts';
import { reindexDocuments } from './reindex-documents.ts';
import { renameDocument } from './rename-document.ts';

let bench: IngestionBench;

beforeAll(async () => {
  bench = await openIngestionBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

test('a new name is shown at once, is kept when the document is read anew, and makes kept answers old', async () => {
  const { deps, database } = bench;
  const { document } = await bench.upload('# Bees\n\nBees sleep.', { fileName: 'scan.md' });
  await deps.runJobs();
  const before = await findSettledCorpusVersion(database.db, database.scope);
  const renamed = await renameDocument(deps, database.scope, { id: document.id, title: '  On bees ' });
  expect(renamed).toMatchObject({ id: document.id, title: 'On bees', ingestion: { stage: 'ready' } });
  expect(await findSettledCorpusVersion(database.db, database.scope)).not.toBe(before);
  await reindexDocuments(deps, database.scope, [document.id]);
  await deps.runJobs();
  expect(await getDocument(deps, database.scope, document.id)).toMatchObject({ title: 'On bees' });
});

test('the name that a document is given while it waits is kept when its file says another', async () => {
  const { deps, database } = bench;
  const { document } = await bench.upload('# Bees\n\nBees sleep.', { fileName: 'scan.md' });
  await renameDocument(deps, database.scope, { id: document.id, title: 'On bees' });
  await deps.runJobs();
  expect(await getDocument(deps, database.scope, document.id)).toMatchObject({ title: 'On bees' });
});

test('a document that was deleted is not there to be renamed', async () => {
  const { deps, database } = bench;
  const { document } = await bench.upload('Bees sleep.', { fileName: 'scan.md' });
  await deleteDocuments(deps, database.scope, [document.id]);
  await expect(renameDocument(deps, database.scope, { id: document.id, title: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
