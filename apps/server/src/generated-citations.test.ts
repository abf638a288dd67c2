import type { ChatEvent } from '@twin/core/chat/chat-event';
import type { Citation, MessageView } from '@twin/core/chat/message-view';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockFiles, clockQuestions } from './testing/clock-library.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';
import { createTestClient } from './testing/trpc-client.ts';

/** Either home gives the same passages: one of them is enough for all. */
const answerCount = process.env['TEST_DATABASE_URL'] === undefined ? 500 : 100;
/** As many people ask at once. */
const askersCount = 8;
/** As the page asks for it. */
const radius = 6_000;

let model: FakeModelServer;
let server: TestServer;
let client: ReturnType<typeof createTestClient>;

beforeAll(async () => {
  model = await startFakeModelServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-test' });
  client = createTestClient(server.origin);
  for (const policy of ['chat', 'read'] as const) {
    await client.rateLimits.change.mutate({ policy, limit: 10_000, windowSeconds: 60 });
  }
});

afterAll(async () => {
  await server.close();
  await model.close();
});

async function uploadClocks(): Promise<void> {
  for (const { id, fileName, content } of clockFiles()) {
    const url = `${server.origin}/api/uploads?${new URLSearchParams({ id, fileName }).toString()}`;
    expect((await fetch(url, { method: 'PUT', body: content })).status).toBe(201);
  }
  await expect.poll(stages, { timeout: 60_000 }).toEqual(['ready']);
}

async function stages(): Promise<string[]> {
  const { documents } = await client.documents.list.query({ limit: 100 });
  return [...new Set(documents.map(({ ingestion }) => ingestion.stage))];
}

/** As the page does: sends the question, follows the answer to its end, and reads the conversation that keeps it. */
async function ask(text: string): Promise<MessageView> {
  const { conversationId, messageId } = await client.chat.send.mutate({ text });
  const last = await new Promise<ChatEvent | undefined>((resolve, reject) => {
    let seen: ChatEvent | undefined;
    client.chat.events.subscribe(
      { messageId },
      { onData: ({ data }) => void (seen = data), onError: reject, onComplete: () => resolve(seen) },
    );
  });
  const { messages } = await client.conversations.get.query({ id: conversationId });
  const stored = messages.find(({ id }) => id === messageId);
  if (last?.type !== 'answer-end' || stored === undefined) throw new Error(`No answer to “${text}”`);
  expect(stored).toEqual(last.message);
  return stored;
}

interface Opened {
  citation: Citation;
  /** On which its quote begins, where the document has pages. */
  page: number | null;
}

/** As a click on it does. */
async function open(citation: Citation): Promise<Opened & { quoted: string }> {
  const { documentId: id, versionId, startOffset, endOffset } = citation;
  const window = await client.documents.passage.query({ id, versionId, startOffset, endOffset, radius });
  const [start, end] = [startOffset - window.offset, endOffset - window.offset];
  const block = window.blocks.find((candidate) => candidate.start <= start && candidate.end > start);
  expect(window).toMatchObject({ isCurrent: true, versionId });
  return { citation, quoted: window.text.slice(start, end), page: block?.page ?? null };
}

test(`of ${answerCount} answers that a model writes from files of seven formats, every citation opens at text equal to its quote`, async () => {
  await uploadClocks();
  const questions = clockQuestions().slice(0, answerCount);
  const waiting = [...questions];
  const opened: Opened[] = [];
  const askAll = async () => {
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      const { outcome, citations, unsupported, ...answer } = await ask(text);
      expect({ text, outcome, unsupported }).toEqual({ text, outcome: 'answered', unsupported: [] });
      expect(answer).toMatchObject({ model: 'gpt-4o-mini', fromCache: false });
      expect(citations.length).toBeGreaterThan(0);
      for (const [index, { quoted, ...rest }] of (await Promise.all(citations.map(open))).entries()) {
        expect(answer.text).toContain(`[${citations[index]?.number}]`);
        expect(quoted).toBe(citations[index]?.quote);
        opened.push(rest);
      }
    }
  };
  await Promise.all(Array.from({ length: askersCount }, askAll));

  expect(new Set(questions).size).toBe(answerCount);
  expect(opened.length).toBeGreaterThanOrEqual(answerCount);
  // Each format has been cited, and where it has pages or slides, the citation names the one that its quote stands on.
  expect(new Set(opened.map(({ citation }) => citation.documentId)).size).toBe(clockFiles().length);
  const paged = opened.filter(({ citation }) => /pdf|pptx/.test(citation.documentId));
  expect(paged.map(({ citation }) => citation.pageFrom)).toEqual(paged.map(({ page }) => page));
  expect(new Set(paged.map(({ page }) => page)).size).toBeGreaterThan(5);
}, 300_000);

test('who asks while another answer is being written does not wait for its end', async () => {
  const [first = '', second = ''] = clockQuestions().slice(answerCount);
  const held = Promise.withResolvers<void>();
  model.enqueue({ kind: 'answer', heldAfterTokens: 1, heldUntil: held.promise });
  const asked = model.requests.length;
  const ended: string[] = [];
  const note = async (text: string) => {
    const { outcome } = await ask(text);
    expect(outcome).toBe('answered');
    ended.push(text);
  };
  const writing = note(first);
  const isWriting = () => model.requests.slice(asked).some(({ tokensSent }) => tokensSent === 1);
  await expect.poll(isWriting, { timeout: 30_000 }).toBe(true);
  await note(second).finally(held.resolve);
  await writing;
  expect(ended).toEqual([second, first]);
}, 60_000);
