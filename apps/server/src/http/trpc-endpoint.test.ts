import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@twin/api/app-router';
import type { ChatEvent } from '@twin/core/chat/chat-event';
import type { DocumentView } from '@twin/core/documents/document-view';
import { limits } from '@twin/core/limits';
import { rateLimitPolicies } from '@twin/core/rate-limit/policies';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { createBatchingClient, createTestClient } from '../testing/trpc-client.ts';

let server: TestServer;
let client: ReturnType<typeof createTestClient>;

beforeAll(async () => {
  server = await startTestServer();
  client = createTestClient(server.origin);
  await ingest('moon', 'The Apollo 11 mission landed on the Moon on 20 July 1969. Neil Armstrong walked first.');
});

afterAll(() => server.close());

afterEach(async () => {
  for (const { key } of (await client.admin.overview.query()).rateLimits) {
    await client.admin.resetRateLimit.mutate({ key });
  }
});

async function ingest(id: string, content: string) {
  const response = await fetch(`${server.origin}/api/ingest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documents: [{ id, content, title: id }] }),
  });
  expect(response.status).toBe(200);
}

async function errorOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) {
    throw new Error('expected the call to fail');
  }
  return (error as TRPCClientError<AppRouter>).data;
}

const unknownId = '00000000-0000-4000-8000-000000000000';

test('the status says what this twin is and how it is reached', async () => {
  expect(await client.twin.status.query()).toMatchObject({
    access: 'local',
    listening: expect.stringMatching(/^http:\/\/localhost:\d+$/),
    chatModel: null,
    database: { home: expect.stringMatching(/embedded|server/) },
    limits: { uploadBytesMax: expect.any(Number), questionCharactersMax: 8000 },
    formats: expect.arrayContaining(['.pdf', '.docx', '.md', '.html', '.txt']),
  });
});

test('documents are listed in pages, read and deleted', async () => {
  await ingest('mars', 'Mars has two moons, Phobos and Deimos.');

  const first = await client.documents.list.query({ limit: 1 });
  expect(first.totalCount).toBe(2);
  const second = await client.documents.list.query({ limit: 1, cursor: first.nextCursor ?? '' });
  expect(second.nextCursor).toBeNull();
  expect([...first.documents, ...second.documents].map(({ id }) => id).toSorted()).toEqual(['mars', 'moon']);

  const text = await client.documents.text.query({ id: 'mars' });
  const [chunk] = text.chunks;
  expect(text.text.slice(chunk?.startOffset, chunk?.endOffset)).toContain('Phobos');
  expect(text.isCurrent).toBe(true);
  const place = { startOffset: 0, endOffset: 4, radius: 10 };
  expect(await client.documents.passage.query({ id: 'mars', ...place })).toMatchObject({ offset: 0, isCurrent: true });

  expect(await client.documents.delete.mutate({ ids: ['mars'] })).toEqual({ ids: ['mars'], undoSeconds: 10 });
  expect(await errorOf(client.documents.get.query({ id: 'mars' }))).toMatchObject({ appCode: 'not-found' });
});

test('a search finds passages with all that a citation needs', async () => {
  const { passages, relevant } = await client.search.passages.query({ query: 'Who walked on the Moon first?' });
  expect(relevant).toBe(true);
  expect(passages[0]).toMatchObject({ documentId: 'moon', content: expect.stringContaining('Armstrong') });
});

test('a question with half a surrogate pair is asked like any other', async () => {
  const { passages } = await client.search.passages.query({ query: 'Who walked on the Moon first? \ud83c' });
  expect(passages).not.toEqual([]);
});

test('an answer is followed to its end, replayed whole, and resumed after its last event', async () => {
  const { conversationId, messageId } = await client.chat.send.mutate({ text: 'Who walked on the Moon first?' });

  const followed = await follow(messageId);
  const replayed = await follow(messageId);
  const resumed = await follow(messageId, followed.at(-2)?.id);

  expect(followed.at(-1)?.data).toMatchObject({ type: 'answer-end', message: { state: 'done', outcome: 'quoted' } });
  expect(replayed).toEqual(followed);
  expect(resumed).toEqual(followed.slice(-1));
  expect(followed.map(({ id }) => id)).toEqual(followed.map((_, index) => String(index + 1)));

  const stored = await client.conversations.get.query({ id: conversationId });
  expect(stored.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
  expect(stored.messages[1]?.citations[0]).toMatchObject({ documentId: 'moon' });
  expect(await client.chat.stop.mutate({ messageId })).toEqual({ stopped: false });
});

function follow(messageId: string, lastEventId?: string) {
  const seen: { id: string; data: ChatEvent }[] = [];
  return new Promise<typeof seen>((resolve, reject) => {
    client.chat.events.subscribe(
      { messageId, lastEventId: lastEventId ?? null },
      { onData: ({ id, data }) => void seen.push({ id, data }), onError: reject, onComplete: () => resolve(seen) },
    );
  });
}

test('ingestion is watched from queued to ready', async () => {
  const stages = new Set<string>();
  const ready = new Promise<DocumentView>((resolve, reject) => {
    const subscription = client.documents.watch.subscribe(
      {},
      {
        onError: reject,
        onData: ({ changed }) => {
          const watched = changed.find(({ id }) => id === 'watched');
          stages.add(watched?.ingestion.stage ?? 'none');
          if (watched?.ingestion.stage === 'ready') {
            subscription.unsubscribe();
            resolve(watched);
          }
        },
      },
    );
  });
  await ingest('watched', 'Saturn has rings.');

  expect(await ready).toMatchObject({ searchable: true, ingestion: { chunkCount: 1 } });
});

test('conversations are listed, renamed and deleted', async () => {
  const { conversationId: id, messageId } = await client.chat.send.mutate({ text: 'What did Apollo 11 do?' });
  await follow(messageId);

  expect(await client.conversations.rename.mutate({ id, title: 'Moon' })).toMatchObject({ id, title: 'Moon' });
  expect(await client.conversations.list.query({})).toContainEqual(expect.objectContaining({ id, title: 'Moon' }));
  await client.conversations.delete.mutate({ id });
  expect(await errorOf(client.conversations.get.query({ id }))).toMatchObject({ appCode: 'not-found' });
});

test('the overview shows ingestions, limits, tables and what is in use', async () => {
  const { messageId } = await client.chat.send.mutate({ text: 'Who flew to the Moon?' });
  await follow(messageId);
  const overview = await client.admin.overview.query();
  const { ingestions } = await client.admin.ingestions.query({});
  expect(ingestions.flatMap(({ documents }) => documents.map(({ id }) => id))).toContain('moon');
  expect(overview.rateLimits).toContainEqual(expect.objectContaining({ policy: 'chat-day' }));
  expect(overview.tables.find(({ name }) => name === 'chunk')?.rows).toBeGreaterThan(0);
  expect(overview.database.vectorVersion).toMatch(/^\d+\.\d+/);
});

test.each([
  ['documents.get', () => client.documents.get.query({ id: 'nothing' })],
  ['documents.text', () => client.documents.text.query({ id: 'nothing' })],
  [
    'documents.passage',
    () => client.documents.passage.query({ id: 'nothing', startOffset: 0, endOffset: 1, radius: 1 }),
  ],
  ['documents.delete', () => client.documents.delete.mutate({ ids: ['nothing'] })],
  ['documents.restore', () => client.documents.restore.mutate({ ids: ['nothing'] })],
  ['documents.rename', () => client.documents.rename.mutate({ id: 'nothing', title: 'x' })],
  ['documents.reindex', () => client.documents.reindex.mutate({ ids: ['nothing'] })],
  ['documents.switchChunk', () => client.documents.switchChunk.mutate({ id: 'nothing', chunkId: 1, enabled: false })],
  ['documents.retry', () => client.documents.retry.mutate({ id: 'nothing' })],
  ['documents.unlock', () => client.documents.unlock.mutate({ id: 'nothing', password: 'x' })],
  ['documents.cancel', () => client.documents.cancel.mutate({ id: 'nothing' })],
  ['conversations.get', () => client.conversations.get.query({ id: unknownId })],
  ['conversations.rename', () => client.conversations.rename.mutate({ id: unknownId, title: 'x' })],
  ['conversations.delete', () => client.conversations.delete.mutate({ id: unknownId })],
  ['chat.send', () => client.chat.send.mutate({ conversationId: unknownId, text: 'x' })],
  ['chat.stop', () => client.chat.stop.mutate({ messageId: unknownId })],
  ['chat.events', () => follow(unknownId)],
])('%s of an unknown id is not-found', async (_path, call) => {
  expect(await errorOf(call())).toMatchObject({ appCode: 'not-found' });
});

const addAnswer = (text: string) =>
  client.evaluation.addQuestion.mutate({ question: 'x', answerable: true, documentIds: [], answerTexts: [text] });
const expireAt = (expiresAt: string) => client.shareLinks.create.mutate({ name: 'x', expiresAt });

test.each([
  ['too long a question', () => client.chat.send.mutate({ text: 'x'.repeat(8001) }), 'text'],
  ['an empty question', () => client.chat.send.mutate({ text: ' \n' }), 'text'],
  ['a NUL character', () => client.search.passages.query({ query: 'a\u0000b' }), 'query'],
  ['a malformed id', () => client.conversations.get.query({ id: "'; drop table chunk; --" }), 'id'],
  ['a negative limit', () => client.documents.list.query({ limit: -1 }), 'limit'],
  ['half a surrogate pair that would be kept in JSON', () => addAnswer('a\ud800'), 'answerTexts[0]'],
  ['a year of five digits, where it is told', () => expireAt('9999-12-31T23:59:59-23:59'), 'expiresAt'],
  ['the year 0', () => expireAt('0001-01-01T00:00:00+23:59'), 'expiresAt'],
])('%s is invalid-input and names its field', async (_case, call, field) => {
  const error = await errorOf(call());
  expect(error).toMatchObject({ appCode: 'invalid-input', httpStatus: 400, requestId: expect.any(String) });
  expect(Object.keys(error?.fieldErrors ?? {})).toEqual([field]);
});

test.each([
  ['streams', () => createTestClient(server.origin)],
  ['does not stream', () => createBatchingClient(server.origin)],
])('what is refused before the typed door is told in its words, to a client that %s', async (_how, create) => {
  const tooLarge = create().chat.send.mutate({ text: 'x'.repeat(limits.jsonBodyBytesMax) });
  expect(await errorOf(tooLarge)).toMatchObject({
    appCode: 'too-large',
    httpStatus: 413,
    requestId: expect.any(String),
  });
});

test('more than ten calls in one request are refused whole', async () => {
  const paths = Array(11).fill('twin.status').join(',');
  const response = await fetch(`${server.origin}/api/trpc/${paths}?batch=1&input=%7B%7D`);
  expect(response.status).toBe(400);
});

test('each call of a batch is counted, and the refused ones say when to come back', async () => {
  const { limit, windowSeconds } = rateLimitPolicies.chat;
  const started = performance.now();
  const outcomes: PromiseSettledResult<unknown>[] = [];
  for (let sent = 0; sent < limit + 5; sent += 5) {
    const batch = Array.from({ length: 5 }, () => client.chat.send.mutate({ text: 'What are moons?' }));
    outcomes.push(...(await Promise.allSettled(batch)));
  }

  const flowedBack = ((performance.now() - started) / 1000 / windowSeconds) * limit;
  const allowed = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(allowed).toBeGreaterThanOrEqual(limit);
  expect(allowed).toBeLessThanOrEqual(limit + flowedBack);
  // Even if some flow back meanwhile, not all of eight do.
  const more = Array.from({ length: 8 }, () => client.chat.send.mutate({ text: 'One more?' }));
  const error = await errorOf(Promise.all(more));
  expect(error).toMatchObject({ appCode: 'rate-limited', httpStatus: 429, reason: 'chat' });
  expect(error?.retryAfterMs).toBeGreaterThan(0);
  expect(error?.retryAfterMs).toBeLessThanOrEqual(60_000);
});

test('an answer that is sent whole carries the tightest limit in its headers', async () => {
  const client2 = createBatchingClient(server.origin);
  await Promise.all([client2.twin.status.query(), client2.search.passages.query({ query: 'Moon' })]);
  const response = await fetch(
    `${server.origin}/api/trpc/search.passages?input=${encodeURIComponent('{"query":"Moon"}')}`,
  );

  expect(response.headers.get('ratelimit-limit')).toBe(String(rateLimitPolicies.search.limit));
  expect(response.headers.get('ratelimit-remaining')).toBe(String(rateLimitPolicies.search.limit - 2));
  expect(Number(response.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
});
