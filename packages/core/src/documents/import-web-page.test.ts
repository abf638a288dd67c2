import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIngestionDeps } from '../testing/ingestion-deps.ts';
import { getDocument } from './get-document.ts';
import { getDocumentText } from './get-document-text.ts';
import { importWebPage } from './import-web-page.ts';

const page = (body: string) =>
  new TextEncoder().encode(`<!doctype html><title>Beds</title><h1>Beds</h1><p>${body}</p>`);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('a web address is one document: its new content is a new version of it', async () => {
  let body = 'The north bed holds beans.';
  const deps = createIngestionDeps(database, {
    webPages: {
      fetch: (url) =>
        Promise.resolve({ requestedUrl: url, finalUrl: url, mediaType: 'text/html; charset=utf-8', bytes: page(body) }),
    },
  });
  const { scope } = database;
  const asked = { url: 'https://garden.example/plan/b%C3%A4der', userLabel: 'Ada' };

  const first = await importWebPage(deps, scope, asked);
  await deps.runJobs();
  expect(first).toMatchObject({ outcome: 'created', document: { fileName: 'garden.example – plan – bäder.html' } });
  expect((await importWebPage(deps, scope, asked)).outcome).toBe('duplicate');

  body = 'The north bed holds leeks.';
  const second = await importWebPage(deps, scope, asked);
  await deps.runJobs();
  expect(second).toMatchObject({ outcome: 'replaced', document: { id: first.document.id } });
  const { text } = await getDocumentText(deps, scope, { documentId: first.document.id });
  expect(text).toContain('leeks');
  expect((await getDocument(deps, scope, first.document.id)).title).toBe('Beds');
}, 120_000);
