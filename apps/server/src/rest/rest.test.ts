import { request } from 'node:http';
import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readServerSentEvents } from '../testing/event-source.ts';
import { sendJson } from '../testing/send-json.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { createTestClient } from '../testing/trpc-client.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

afterEach(async () => {
  const client = createTestClient(server.origin);
  for (const { key } of (await client.admin.overview.query()).rateLimits) {
    await client.admin.resetRateLimit.mutate({ key });
  }
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return await sendJson(`${server.origin}${path}`, { method: 'POST', headers, body });
}

function upload(query: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) {
  const url = `${server.origin}/api/uploads?${new URLSearchParams(query).toString()}`;
  return fetch(url, { method: 'PUT', body });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

const question = { messages: [{ role: 'user', content: 'What is in my documents?' }] };

test('an empty twin says that it is empty', async () => {
  const response = await post('/api/chat', question, { 'x-user-id': 'user-123' });

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    message: { role: 'assistant', content: expect.stringMatching(/\w/) },
    outcome: 'empty-library',
    citations: [],
    conversationId: expect.any(String),
  });
});

test('what was ingested can be asked about at once', async () => {
  const ingested = await post('/api/ingest', {
    documents: [{ id: 'doc-1', content: 'Your content', title: 'Title' }],
  });
  expect(ingested.status).toBe(200);
  expect(await ingested.json()).toMatchObject({
    success: true,
    ingestionId: expect.any(String),
    documents: [{ id: 'doc-1', outcome: 'created', stage: 'ready', chunkCount: 1 }],
    message: expect.any(String),
  });

  const answered = await post('/api/chat', question, { 'x-user-id': 'user-123' });
  expect(answered.status).toBe(200);
  expect(answered.headers.get('ratelimit-limit')).toBe(String(rateLimitPolicies.chat.limit));
  expect(await answered.json()).toMatchObject({
    message: { role: 'assistant', content: expect.stringContaining('Your content') },
    citations: [{ number: 1, documentId: 'doc-1', documentTitle: 'Title', quote: 'Your content' }],
  });
});

test.each([
  ['a flag', { ...question, stream: true }, {}],
  ['a header', question, { accept: 'text/event-stream' }],
])('an answer streams when %s asks for it', async (_case, body, headers) => {
  const response = await post('/api/chat', body, headers);

  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('cache-control')).toContain('no-transform');
  const events = await all(readServerSentEvents(response));
  expect(events.at(-1)?.data).toBe('[DONE]');
  expect(events.at(-2)?.event).toBe('answer-end');
  for (const { event, data } of events.slice(0, -1)) {
    expect(JSON.parse(data)).toMatchObject({ type: event });
  }
});

test('the same content again is a duplicate; new content under the same id replaces the old', async () => {
  const send = async (content: string) => {
    const response = await post('/api/ingest', { documents: [{ id: 'doc-2', content }] });
    return (await response.json()) as { documents: { outcome: string }[] };
  };
  expect((await send('The first text.')).documents[0]?.outcome).toBe('created');
  expect((await send('The first text.')).documents[0]?.outcome).toBe('duplicate');
  expect((await send('The second text.')).documents[0]?.outcome).toBe('replaced');
});

test('of one id sent twice at once, the later one is there, and one document is counted', async () => {
  const twice = ['The first text.', 'The second text.'].map((content) => ({ id: 'twice', content }));
  const answer: unknown = await (await post('/api/ingest', { documents: twice })).json();
  expect(answer).toMatchObject({
    documents: [{ stage: 'replaced' }, { stage: 'ready' }],
    message: '1 document can be asked about, 1 document was replaced meanwhile.',
  });
});

test.each([
  ['no documents', { documents: [] }],
  ['a document without an id', { documents: [{ content: 'x' }] }],
  ['an id that is a number', { documents: [{ id: 1, content: 'x' }] }],
  ['too many documents', { documents: Array.from({ length: 101 }, () => ({ id: 'a', content: 'x' })) }],
  ['content with NUL', { documents: [{ id: 'a', content: 'a\u0000b' }] }],
])('ingest refuses %s', async (_case, body) => {
  const response = await post('/api/ingest', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: 'invalid-input', message: expect.stringContaining('documents'), fieldErrors: expect.anything() },
  });
});

test.each([
  ['no messages', { messages: [] }],
  ['an unknown role', { messages: [{ role: 'wizard', content: 'x' }] }],
  ['no question at the end', { messages: [{ role: 'assistant', content: 'x' }] }],
  ['an empty question', { messages: [{ role: 'user', content: '  ' }] }],
  ['a question over the limit', { messages: [{ role: 'user', content: 'x'.repeat(8001) }] }],
  ['too long a history', { messages: Array.from({ length: 101 }, () => ({ role: 'user', content: 'x' })) }],
])('chat refuses %s', async (_case, body) => {
  const response = await post('/api/chat', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid-input' } });
});

test('a question can be asked of a part of the library: by documents, by when they were added', async () => {
  const documents = ['red', 'blue'].map((colour) => ({
    id: `kettle-${colour}`,
    content: `The kettle is ${colour}.`,
    title: 'Kettle',
  }));
  await post('/api/ingest', { documents });
  const kettle = { messages: [{ role: 'user', content: 'Which colour has the kettle?' }] };
  const askedOf = async (scope: object) => await (await post('/api/chat', { ...kettle, scope })).json();
  expect(await askedOf({ documentIds: ['kettle-blue'] })).toMatchObject({ citations: [{ documentId: 'kettle-blue' }] });
  expect(await askedOf({ documentIds: ['kettle-red'], addedFrom: '2020-01-01T00:00:00Z' })).toMatchObject({
    citations: [{ documentId: 'kettle-red' }],
  });
  expect(await askedOf({ addedBefore: '2020-01-01T00:00:00Z' })).toMatchObject({ citations: [] });
  const unknown = await post('/api/chat', {
    ...kettle,
    scope: { collectionId: '00000000-0000-4000-8000-000000000000' },
  });
  expect(unknown.status).toBe(404);
});

test('over the limit the answer is 429 and says when to come back', async () => {
  const { limit } = rateLimitPolicies.chat;
  const responses = await Promise.all(
    Array.from({ length: limit + 10 }, (_, n) => post('/api/chat', question, { 'x-user-id': `user-${n}` })),
  );
  // A call flows back every three seconds, so a slow run sees fewer refusals than ten.
  const refusals = responses.map(({ status }) => status).filter((status) => status === 429);
  expect(refusals.length).toBeGreaterThan(0);
  expect(refusals.length).toBeLessThanOrEqual(10);
  const refused = responses.find(({ status }) => status === 429) ?? new Response('{}');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('ratelimit-remaining')).toBe('0');
  const { error } = (await refused.json()) as { error: { code: string; retryAfterMs: number } };
  expect(error.code).toBe('rate-limited');
  expect(error.retryAfterMs).toBeGreaterThan(0);
});

test.each([
  ['half a surrogate pair in a title', { title: 'x\ud800' }, 'documents[0].title'],
  ['half a surrogate pair in an id', { id: 'x\udfff' }, 'documents[0].id'],
  ['NUL in a value of the metadata', { metadata: { pages: [{ name: '\0' }] } }, 'documents[0].metadata'],
  ['half a surrogate pair in a key of the metadata', { metadata: { '\ud800': 1 } }, 'documents[0].metadata'],
  ['metadata without a bottom', { metadata: JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`) }, 'metadata'],
])('%s is refused by its name: the database could not keep it', async (_case, fields, name) => {
  const refused = await post('/api/ingest', { documents: [{ id: 'doc-odd', content: 'Odd', ...fields }] });

  expect(refused.status).toBe(400);
  const { error } = (await refused.json()) as { error: { code: string; fieldErrors: Record<string, string[]> } };
  expect(error.code).toBe('invalid-input');
  expect(Object.keys(error.fieldErrors).join()).toContain(name);
});

test('an upload is stored as it arrives and comes back byte for byte, only ever as a download', async () => {
  const bytes = new TextEncoder().encode('<h1>Ünïcode</h1><script>alert(1)</script>'.repeat(20_000));

  const created = await upload({ fileName: 'Übersicht "Q3" 2026.html', title: 'Overview' }, bytes);
  expect(created.status).toBe(201);
  const { document } = (await created.json()) as { document: { id: string } };
  const again = await upload({ fileName: 'copy.html' }, bytes);
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ outcome: 'duplicate', document: { id: document.id } });

  const file = await fetch(`${server.origin}/api/documents/${document.id}/file`);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
  expect(file.headers.get('content-disposition')).toBe(
    `attachment; filename="_bersicht _Q3_ 2026.html"; filename*=UTF-8''%C3%9Cbersicht%20%22Q3%22%202026.html`,
  );
  expect(file.headers.get('content-security-policy')).toContain('sandbox');
  expect(file.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a file name cannot write headers', async () => {
  const created = await upload({ fileName: 'a";\r\nX-Evil: 1.txt' }, 'evil name');
  const { document } = (await created.json()) as { document: { id: string } };

  const file = await fetch(`${server.origin}/api/documents/${document.id}/file`);

  expect(file.status).toBe(200);
  expect(file.headers.get('x-evil')).toBeNull();
  expect(file.headers.get('content-disposition')).toContain('attachment; filename="');
});

test.each([
  ['no file name', {}, 'x', 400, 'invalid-input'],
  ['an empty file', { fileName: 'empty.txt' }, '', 400, 'invalid-input'],
] as const)('an upload with %s is refused', async (_case, query, body, status, code) => {
  const response = await upload(query, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code } });
});

test('an upload that announces more than the limit is refused at once', async () => {
  const status = await new Promise((resolve, reject) => {
    const url = `${server.origin}/api/uploads?fileName=big.bin`;
    const sent = request(url, { method: 'PUT', headers: { 'content-length': String(1024 ** 3) } }, (response) => {
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.write('first bytes');
  });
  expect(status).toBe(413);
});

test('what a program sends that was told no type is known by its name and bytes alone', async () => {
  const body = new TextEncoder().encode('The kettle is copper.');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(`${server.origin}/api/uploads?fileName=kettle.txt`, { method: 'PUT', body, headers });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ document: { fileName: 'kettle.txt', mediaType: null } });
});

test('an upload whose sender goes away leaves nothing', async () => {
  const leaving = new AbortController();
  const body = new ReadableStream({
    pull: async (controller) => {
      controller.enqueue(new Uint8Array(300_000));
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  const url = `${server.origin}/api/uploads?fileName=half.bin`;
  const sent = fetch(url, { method: 'PUT', body, duplex: 'half', signal: leaving.signal });
  setTimeout(() => leaving.abort(), 300);
  await expect(sent).rejects.toThrow('aborted');

  const receiving = () =>
    server.database.db
      .selectFrom('blob')
      .select('id')
      .where('twin_id', '=', 1)
      .where('state', '=', 'receiving')
      .execute();
  await expect.poll(receiving).toEqual([]);
});
