import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let model: FakeModelServer;
let server: TestServer;

beforeAll(async () => {
  model = await startFakeModelServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-test' });
});
afterAll(async () => {
  await server.close();
  await model.close();
});

interface Said {
  status: number;
  outcome: string | null;
  text: string;
  sourceCount: number;
}

async function post(path: string, body: unknown): Promise<Response> {
  return await sendJson(`${server.origin}${path}`, { method: 'POST', body });
}

async function ingestClock(): Promise<void> {
  const content = 'The tide clock was built by Ada Quill in 1987. It shows high water at the old harbour.';
  await post('/api/ingest', { documents: [{ id: 'clock', title: 'The tide clock', content }] });
}

async function ask(content: string): Promise<Said> {
  const response = await post('/api/chat', { messages: [{ role: 'user', content }] });
  const body = (await response.json()) as {
    outcome?: string;
    message?: { content: string };
    sources?: unknown[];
    error?: { code: string; message: string };
  };
  return {
    status: response.status,
    outcome: body.outcome ?? body.error?.code ?? null,
    text: body.message?.content ?? body.error?.message ?? '',
    sourceCount: body.sources?.length ?? 0,
  };
}

test('an empty library, another subject, a near one without support and a provider that fails are four different answers', async () => {
  const empty = await ask('Who built the tide clock?');
  await ingestClock();

  const offTopic = await ask('Which enzyme unwinds the double helix during replication?');
  expect(model.requests.filter(({ path }) => path.endsWith('/chat/completions'))).toEqual([]);

  model.enqueue({ kind: 'answer', text: 'The passages do not say what the tide clock cost.' });
  const near = await ask('What did the tide clock cost?');
  model.enqueue({ kind: 'http-error', status: 401 });
  const failed = await ask('Who built the tide clock of the old harbour?');

  expect(empty).toMatchObject({ status: 200, outcome: 'empty-library', sourceCount: 0 });
  expect(empty.text).toMatch(/no documents to answer from yet/);
  expect(offTopic).toMatchObject({ status: 200, outcome: 'nothing-relevant' });
  expect(offTopic.text).toMatch(/^I found nothing in your documents/);
  expect(near).toMatchObject({ status: 200, outcome: 'unsupported', sourceCount: 1 });
  expect(near.text).toMatch(/^The passages do not say .*\n\n\*The passages listed as sources come nearest/);
  expect(failed).toMatchObject({ status: 502, outcome: 'model-refused' });
  expect(new Set([empty, offTopic, near, failed].map(({ text }) => text)).size).toBe(4);
});

test('each sentence without a citation is marked, and listed with its reason', async () => {
  await ingestClock();
  const text = 'Ada Quill built it in 1987 [1.1 "built by Ada Quill in 1987"]. It was painted green. It sings.';
  model.enqueue({ kind: 'answer', text });
  const response = await post('/api/chat', { messages: [{ role: 'user', content: 'When was the tide clock built?' }] });
  expect(await response.json()).toMatchObject({
    outcome: 'answered',
    message: { content: 'Ada Quill built it in 1987 [1]. It was painted green. [?1] It sings. [?2]' },
    citations: [{ number: 1 }],
    unsupported: [
      { number: 1, claim: 'It was painted green.', quote: null, reason: 'uncited' },
      { number: 2, claim: 'It sings.', quote: null, reason: 'uncited' },
    ],
  });
});
