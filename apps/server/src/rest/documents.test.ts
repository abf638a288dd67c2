import type { DocumentView } from '@twin/core/documents/document-view';
import { makePdf } from '@twin/testing/fixtures/pdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { createTestClient } from '../testing/trpc-client.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

function post(path: string, body: unknown) {
  return fetch(`${server.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function upload(query: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) {
  const url = `${server.origin}/api/uploads?${new URLSearchParams(query).toString()}`;
  return fetch(url, { method: 'PUT', body });
}

test('a program follows what it sent until it answers, pages through the library, and deletes by its own ids', async () => {
  const documents = async (query: string) => {
    const response = await fetch(`${server.origin}/api/documents?${query}`);
    expect(response.status).toBe(200);
    return (await response.json()) as { documents: DocumentView[]; nextCursor: string | null; totalCount: number };
  };
  await upload({ fileName: 'ferry.txt', id: 'ferry' }, 'The ferry leaves at noon.');
  await upload({ fileName: 'fog.txt', id: 'fog' }, 'Fog closes the harbour.');
  const path = `${server.origin}/api/documents/ferry`;
  const stage = async () => ((await (await fetch(path)).json()) as { document: DocumentView }).document.ingestion.stage;
  await expect.poll(stage, { timeout: 30_000 }).toBe('ready');

  const first = await documents('limit=1');
  expect(first).toMatchObject({ documents: [{ id: 'fog' }], nextCursor: expect.any(String) });
  const second = await documents(`limit=1&cursor=${first.nextCursor ?? ''}`);
  expect(second).toMatchObject({ documents: [{ id: 'ferry', searchable: true }], totalCount: first.totalCount });
  expect((await documents('text=ferry')).documents.map(({ id }) => id)).toEqual(['ferry']);
  for (const wrong of ['limit=0', 'limit=many', 'state=asleep', 'cursor=nothing']) {
    const refused = await fetch(`${server.origin}/api/documents?${wrong}`);
    expect({ wrong, status: refused.status }).toEqual({ wrong, status: 400 });
  }

  const deleted = await fetch(path, { method: 'DELETE' });
  expect(await deleted.json()).toEqual({ ids: ['ferry'], undoSeconds: expect.any(Number) });
  expect((await fetch(path)).status).toBe(404);
  expect((await fetch(path, { method: 'DELETE' })).status).toBe(404);
  await fetch(`${server.origin}/api/documents/fog`, { method: 'DELETE' });
});

test('an unknown document has no file', async () => {
  const response = await fetch(`${server.origin}/api/documents/nothing/file`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
});

test('a locked PDF is read with its password, and what waits for none takes none', async () => {
  const client = createTestClient(server.origin);
  const bytes = makePdf([['The clock goes to Ines.']], { password: 'open sesame' });
  const { document } = (await (await upload({ fileName: 'will.pdf' }, bytes)).json()) as { document: DocumentView };
  const errorCode = async () => (await client.documents.get.query({ id: document.id })).ingestion.error?.code;
  const unlock = (password: string) => post(`/api/documents/${document.id}/unlock`, { password });
  await expect.poll(errorCode, { timeout: 30_000 }).toBe('password-required');
  expect((await unlock('')).status).toBe(400);
  expect((await unlock('open says me')).status).toBe(202);
  await expect.poll(errorCode, { timeout: 30_000 }).toBe('password-wrong');
  expect(await (await unlock('open sesame')).json()).toMatchObject({ document: { ingestion: { stage: 'reading' } } });
  await expect
    .poll(async () => (await client.documents.get.query({ id: document.id })).ingestion.stage, { timeout: 30_000 })
    .toBe('ready');
  const refused = await unlock('open sesame');
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ error: { code: 'conflict', reason: 'not-locked' } });
  await client.documents.delete.mutate({ ids: [document.id] });
});
