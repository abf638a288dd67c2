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

test('what comes under another id is there under that id, and is said to read the same', async () => {
  const content = 'The ladle hangs by the stove.';
  await post('/api/ingest', { documents: [{ id: 'ladle', content }] });
  expect(await (await post('/api/ingest', { documents: [{ id: 'ladle-2', content }] })).json()).toMatchObject({
    success: true,
    documents: [{ id: 'ladle-2', outcome: 'created', sameAs: 'ladle', stage: 'ready' }],
  });
  await fetch(`${server.origin}/api/documents/ladle`, { method: 'DELETE' });
  expect((await fetch(`${server.origin}/api/documents/ladle-2`)).status).toBe(200);
  const question = { messages: [{ role: 'user', content: 'Where does the ladle hang?' }] };
  expect(await (await post('/api/chat', { ...question, scope: { documentIds: ['ladle-2'] } })).json()).toMatchObject({
    citations: [{ documentId: 'ladle-2' }],
  });
});

test('a question to documents that are not there names them, at every door, and is not answered from the others', async () => {
  await post('/api/ingest', { documents: [{ id: 'whisk', content: 'The whisk hangs by the sink.' }] });
  const scope = { documentIds: ['whisk', 'whisk-2', 'whisk-3'] };
  const text = 'Where does the whisk hang?';
  const response = await post('/api/chat', { messages: [{ role: 'user', content: text }], scope });
  expect(response.status).toBe(404);
  const message = expect.stringContaining('There is no document “whisk-2”, “whisk-3”.');
  expect(await response.json()).toMatchObject({ error: { code: 'not-found', reason: 'unknown-documents', message } });
  const client = createTestClient(server.origin);
  const refused = { message, data: { httpStatus: 404 } };
  await expect(client.chat.send.mutate({ text, scope })).rejects.toMatchObject(refused);
  await expect(client.search.passages.query({ query: text, scope })).rejects.toMatchObject(refused);
  await fetch(`${server.origin}/api/documents/whisk`, { method: 'DELETE' });
  const whisk = { documentIds: ['whisk'] };
  await expect(client.search.passages.query({ query: text, scope: whisk })).rejects.toMatchObject({
    data: { httpStatus: 404 },
  });
});

test('documents are listed by collection and by tags, of which each bears all', async () => {
  const client = createTestClient(server.origin);
  const content = (n: number) => `Spoon ${n} is made of birch.`;
  await post('/api/ingest', { documents: [1, 2, 3].map((n) => ({ id: `spoon-${n}`, content: content(n) })) });
  const { id: collectionId } = await client.collections.create.mutate({ name: 'Spoons' });
  await client.collections.organize.mutate({ ids: ['spoon-1', 'spoon-2'], addToCollection: collectionId });
  await client.collections.organize.mutate({ ids: ['spoon-2', 'spoon-3'], addTags: ['birch, white', 'kitchen'] });
  const listed = async (query: [string, string][]) => {
    const response = await fetch(`${server.origin}/api/documents?${new URLSearchParams(query).toString()}`);
    const { documents } = (await response.json()) as { documents: { id: string }[] };
    return documents.map(({ id }) => id).toSorted();
  };
  expect(await listed([['collectionId', collectionId]])).toEqual(['spoon-1', 'spoon-2']);
  const tags: [string, string][] = [
    ['tag', 'birch, white'],
    ['tag', 'kitchen'],
  ];
  expect(await listed(tags)).toEqual(['spoon-2', 'spoon-3']);
  expect(await listed([...tags, ['collectionId', collectionId]])).toEqual(['spoon-2']);
  expect(await listed([...tags, ['tag', 'unknown']])).toEqual([]);
});

test('a file of a folder is told with where it lay, which leads nowhere', async () => {
  for (const [at, folder] of ['docs/guide', '../../etc//./x\u0007', ''].entries()) {
    const response = await upload({ fileName: 'README.md', folder }, `Folder ${at} of the scullery.`);
    const { document } = (await response.json()) as { document: { folder: string | null } };
    expect(document.folder).toBe(['docs/guide', 'etc/x', null][at]);
  }
});
