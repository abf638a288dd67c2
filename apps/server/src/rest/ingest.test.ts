import { cancelIngestion } from '@twin/core/documents/cancel-ingestion';
import { deleteDocuments } from '@twin/core/documents/delete-documents';
import { ingestDocuments } from '@twin/core/documents/ingest-documents';
import { createIngestionDeps, type IngestionDeps } from '@twin/core/testing/ingestion-deps';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { emptyLibrary } from '@twin/db/testing/empty-library';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createEndpointApp } from '../testing/endpoint-app.ts';
import { ingestEndpoint } from './ingest.ts';

let database: TestDatabase;
let deps: IngestionDeps;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await emptyLibrary(database.db);
  deps = createIngestionDeps(database);
});
afterAll(() => database.close());

/** What a caller is answered who sends two documents, when this happens to the first one before it is read. */
async function answerWhen(happens: () => Promise<unknown>) {
  const app = createEndpointApp(database.scope).post('/', ingestEndpoint({ deps }));
  const documents = [
    { id: 'first', content: 'The kettle is blue.' },
    { id: 'second', content: 'The kettle is green.' },
  ];
  const answering = app.request('/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documents }),
  });
  await vi.waitUntil(() => deps.queuedVersionIds.length === 2, { timeout: 20_000 });
  await happens();
  await deps.runJobs();
  return (await (await answering).json()) as { documents: { stage: string }[]; success: boolean; message: string };
}

test.each([
  ['canceled', () => cancelIngestion(deps, database.scope, 'first')],
  ['deleted', () => deleteDocuments(deps, database.scope, ['first'])],
])('a document that was %s meanwhile is named so, and is no success', async (stage, happens) => {
  expect(await answerWhen(happens)).toMatchObject({
    success: false,
    documents: [
      { id: 'first', stage },
      { id: 'second', stage: 'ready' },
    ],
    message: `1 document can be asked about, 1 document was ${stage} meanwhile.`,
  });
});

test('a document that was replaced by newer content meanwhile is one', async () => {
  const principal = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' } as const;
  const newer = { documents: [{ id: 'first', content: 'The kettle is red.' }], userLabel: 'owner' };
  const answer = await answerWhen(() => ingestDocuments(deps, principal, newer));
  expect(answer).toMatchObject({ success: true, documents: [{ stage: 'replaced' }, { stage: 'ready' }] });
});
