import { listProcedures } from '@twin/api/testing/list-procedures';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PublicTwin, startPublicTwin, type Visiting } from '../testing/public-twin.ts';
import { sendJson } from '../testing/send-json.ts';

/** What names or places a document, a version or a passage, and what is the owner's alone. */
const ownersKeys =
  /"(documentId|versionId|chunkId|startOffset|endOffset|score|excerpt|sources|scope|model|usage|cost|spent|promptTokens|completionTokens|fromCache|modelSkipped|staleSources|documentCount|visitorId|linkId|shareLinkId|userLabel)"/;
/** What was found and is not cited must not be told either: no question is about it. */
const unasked = 'The lighthouse keeper paid forty crowns';
let model: FakeModelServer;

beforeAll(async () => {
  model = await startFakeModelServer();
});

afterAll(() => model.close());

async function startTwin(hasModel: boolean): Promise<{ twin: PublicTwin; visiting: Visiting; token: string }> {
  const variables = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-canary', CHAT_MODEL: 'canary-model' };
  const twin = await startPublicTwin(hasModel ? variables : {});
  const documents = [{ id: 'canary-other', title: 'Harbour dues', content: `${unasked} for oil and bread in winter.` }];
  await sendJson(`${twin.server.origin}/api/ingest`, {
    method: 'POST',
    headers: { cookie: twin.cookie },
    body: { documents },
  });
  const { token } = await twin.share('Friends');
  return { twin, token, visiting: await twin.visitor(token) };
}

/** Calls every procedure that a visitor has, as they are answered on the wire. */
async function hearAll(origin: string, { headers }: Visiting, question: string): Promise<Record<string, string>> {
  const call = async (path: string, input: object, isMutation: boolean) => {
    const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
    const url = `${origin}/api/trpc/visitor.${path}`;
    const sent = isMutation ? { method: 'POST', headers, body: input } : { headers };
    return await (await sendJson(`${url}${isMutation ? '' : query}`, sent)).text();
  };
  const heard: Record<string, string> = { send: await call('send', { text: question }, true) };
  const { conversationId, messageId } = (
    JSON.parse(heard['send'] ?? '') as { result: { data: { conversationId: string; messageId: string } } }
  ).result.data;
  heard['events'] = await call('events', { messageId }, false);
  heard['events'] += await call('events', { messageId, lastEventId: '2' }, false);
  heard['twin'] = await call('twin', {}, false);
  heard['conversations'] = await call('conversations', {}, false);
  heard['conversation'] = await call('conversation', { id: conversationId }, false);
  heard['stop'] = await call('stop', { messageId }, true);
  heard['deleteConversation'] = await call('deleteConversation', { id: conversationId }, true);
  heard['deleteEverything'] = await call('deleteEverything', {}, true);
  return heard;
}

test.each([
  ['quoted', false],
  ['written by a model', true],
])(
  'no id, no passage that is not cited and nothing of the owner’s is in what a visitor is told, where answers are %s',
  { timeout: 120_000 },
  async (_how, hasModel) => {
    const { twin, visiting } = await startTwin(hasModel);
    const asked = [
      'Who built the tide clock?',
      // The second is answered anew: nothing of a visitor's is kept for the next who asks.
      'Who built the tide clock?',
      'What is in your documents?',
      'Which football club won the cup in Brazil?',
      'Who are you?',
    ];
    const conversations: string[] = [];
    for (const question of asked) {
      const heard = await hearAll(twin.server.origin, visiting, question);
      const theirs = listProcedures().filter(({ path }) => path.startsWith('visitor.'));
      expect(new Set(Object.keys(heard).map((name) => `visitor.${name}`))).toEqual(
        new Set(theirs.map(({ path }) => path)),
      );
      for (const [name, text] of Object.entries(heard)) {
        const told = `${question} ${name}: ${text}`;
        expect(told).not.toMatch(ownersKeys);
        expect(told).not.toMatch(/canary/);
        expect(told).not.toContain(model.baseUrl);
      }
      expect(heard['events']).toContain('answer-end');
      conversations.push(heard['conversation'] ?? '');
    }
    const [built, again, , football] = conversations;
    expect([built, again].join()).toMatch(/("citations":\[\{"number":1,"documentTitle":"The tide clock".*){2}/s);
    expect(football).toContain('"outcome":"');
    expect(football).not.toContain(unasked);
    // Else there would have been no canary to tell.
    const namesAsked = model.requests.map(({ body }) => (body as { model: string }).model);
    expect(new Set(namesAsked)).toEqual(new Set(hasModel ? ['canary-model'] : []));
    await twin.server.close();
  },
);

test('of a model that fails a visitor hears no more than that', { timeout: 120_000 }, async () => {
  const { twin, visiting } = await startTwin(true);
  for (const behaviour of [
    { kind: 'http-error', status: 401, message: 'canary key' },
    { kind: 'http-error', status: 429, retryAfterSeconds: 120, message: 'canary quota' },
    { kind: 'hang-up' },
  ] as const) {
    model.setDefault(behaviour);
    const heard = await hearAll(
      twin.server.origin,
      visiting,
      `Who built the tide clock in the year of ${behaviour.kind}?`,
    );
    for (const text of Object.values(heard)) {
      expect(text).not.toMatch(ownersKeys);
      expect(text).not.toMatch(/canary|127\.0\.0\.1|API key|endpoint/i);
    }
    expect(heard['conversation']).toContain('The twin could not finish this answer');
  }
  model.setDefault({ kind: 'answer' });
  await twin.server.close();
});

test('revoking a link stops what is being written to its visitors, and ends what they watch', async () => {
  const { twin, token } = await startTwin(true);
  const visiting = await twin.visitor(token);
  model.setDefault({ kind: 'endless', msPerToken: 20 });
  const { messageId } = await visiting.client.visitor.send.mutate({ text: 'Who built the tide clock, once more?' });
  const seen: string[] = [];
  const ended = new Promise<string>((resolve, reject) => {
    visiting.client.visitor.events.subscribe(
      { messageId },
      {
        onData({ data }) {
          seen.push(data.type);
          if (data.type === 'answer-end') resolve(data.message.state);
        },
        onError: reject,
      },
    );
  });
  await expect.poll(() => seen).toContain('text-delta');
  const [link] = (await twin.owner.shareLinks.list.query()).links;
  await twin.owner.shareLinks.revoke.mutate({ id: link?.id ?? '' });
  expect(await ended).toBe('stopped');
  model.setDefault({ kind: 'answer' });
  await twin.server.close();
});
