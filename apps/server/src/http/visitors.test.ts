import { setTimeout as delay } from 'node:timers/promises';
import { listProcedures } from '@twin/api/testing/list-procedures';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { believedMs } from '../auth/visitors.ts';
import { operations } from '../rest/openapi/operations.ts';
import { askAndWait, type PublicTwin, startPublicTwin, type Visiting } from '../testing/public-twin.ts';
import { sendJson } from '../testing/send-json.ts';

let twin: PublicTwin;
let link: { id: string; token: string };
const question = 'Who built the tide clock?';
const unknownId = '00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  twin = await startPublicTwin();
  link = await twin.share('Friends');
});

afterAll(() => twin.server.close());

/** What is told of each procedure when it is called with nothing: the code of its refusal. */
async function codesFor(headers: Record<string, string>): Promise<Record<string, string>> {
  const codes: Record<string, string> = {};
  for (const [n, { path, type }] of listProcedures().entries()) {
    const sent = { 'x-forwarded-for': `203.0.113.${n}`, ...headers };
    const url = `${twin.server.origin}/api/trpc/${path}`;
    const response =
      type === 'mutation'
        ? await sendJson(url, { method: 'POST', headers: sent, body: {} })
        : await sendJson(`${url}?input=%7B%7D`, { headers: sent });
    // A watch that is let in would go on.
    const text = type === 'subscription' && response.ok ? await firstWords(response) : await response.text();
    codes[path] = /"code":"(\w+)"/.exec(text)?.[1] ?? 'let in';
  }
  return codes;
}

/** What comes within a moment: who is refused hears it at once. */
async function firstWords(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes('"code"')) {
    const next = await Promise.race([reader?.read(), delay(1_000, undefined)]);
    if (next?.value === undefined) break;
    text += new TextDecoder().decode(next.value);
  }
  await reader?.cancel();
  return text;
}

test('a link opens with a cookie that no script sees, and neither the log nor the links of the database hold what opens it', async () => {
  const opened = await twin.visit(link.token);
  expect(opened.status).toBe(200);
  expect(await opened.json()).toEqual({ success: true });
  const [cookie = ''] = opened.headers.getSetCookie();
  expect(cookie).toMatch(/^twin-visitor=v1\.[\w.-]+; Max-Age=2678400; Path=\/; HttpOnly; SameSite=Lax$/);
  const credential = cookie.split(/[=;]/)[1] ?? '';
  expect(twin.server.log()).not.toContain(link.token);
  expect(twin.server.log()).not.toContain(credential);
  const rows = await twin.server.database.db.selectFrom('share_link').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(link.token);
});

test('a token that was never made opens nothing, nor does another site, nor a form', async () => {
  for (const token of ['guess', link.token.slice(0, -1), `${link.token}x`]) {
    const refused = await twin.visit(token);
    expect(refused.status).toBe(404);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await refused.json()).toMatchObject({ error: { reason: 'link-unknown' } });
  }
  expect((await twin.visit('')).status).toBe(400);
  expect((await twin.visit(link.token, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await twin.visit(link.token, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await twin.visit(link.token, { 'content-type': 'text/plain' })).status).toBe(415);
});

// Each calls every procedure there is.
describe('who may call what', { timeout: 120_000 }, () => {
  const isTheirs = (path: string) => path.startsWith('visitor.');

  test('a visitor is let in at the visitors’ procedures, and refused at every other', async () => {
    const { headers } = await twin.visitor(link.token);
    const codes = Object.entries(await codesFor({ cookie: headers.cookie }));
    const theirs = codes.filter(([path]) => isTheirs(path));
    expect(theirs).toHaveLength(8);
    expect(['let in', 'BAD_REQUEST']).toEqual(expect.arrayContaining(theirs.map(([, code]) => code)));
    const others = codes.filter(([path]) => !isTheirs(path));
    expect(others.filter(([, code]) => code !== 'FORBIDDEN')).toEqual([]);
  });

  test.each([
    ['nobody', async () => await Promise.resolve({})],
    ['a forged visitor', async () => await Promise.resolve({ cookie: forged(link.id) })],
    [
      'a made-up key beside a visitor',
      async () => ({ ...(await twin.visitor(link.token)).headers, authorization: `Bearer ${'x'.repeat(40)}` }),
    ],
  ] as const)('%s is refused at all of them', async (_who, make) => {
    const { cookie, authorization } = { cookie: '', authorization: '', ...(await make()) };
    const headers = { ...(cookie !== '' && { cookie }), ...(authorization !== '' && { authorization }) };
    const codes = await codesFor(headers);
    expect(new Set(Object.values(codes))).toEqual(new Set(['UNAUTHORIZED']));
  });

  test('the owner, also in a browser that has opened a link, is no visitor', async () => {
    const { headers } = await twin.visitor(link.token);
    const codes = await codesFor({ cookie: `${headers.cookie}; ${twin.cookie}` });
    const refused = Object.entries(codes).filter(([, code]) => ['FORBIDDEN', 'UNAUTHORIZED'].includes(code));
    expect(refused.map(([path]) => path)).toEqual(Object.keys(codes).filter(isTheirs));
  });

  test('every REST endpoint that is not everyone’s refuses a visitor', async () => {
    const { headers } = await twin.visitor(link.token);
    // Signing out does nothing for whoever is not signed in.
    const closed = operations.filter(({ path, access }) => access !== 'open' && path !== '/api/auth/sign-out');
    for (const { method, path, access } of closed) {
      const response = await fetch(`${twin.server.origin}${path.replace('{id}', 'canary-document')}`, {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'get' ? {} : { body: '{}' }),
      });
      await response.body?.cancel();
      const refusals = access === 'owner' ? [403] : [400, 401];
      expect([path, refusals]).toEqual([path, expect.arrayContaining([response.status])]);
    }
  });
});

test('a visitor asks, follows, reads again and deletes; what others have is as if it were not there', async () => {
  const [ada, ben] = [await twin.visitor(link.token), await twin.visitor(link.token)];
  const started = await askAndWait(ada);
  const { conversationId, messageId } = started;
  expect(await ada.client.visitor.conversations.query()).toMatchObject([{ id: conversationId, title: question }]);
  const read = await ada.client.visitor.conversation.query({ id: conversationId });
  expect(read.messages.at(-1)).toMatchObject({ state: 'done', citations: [{ documentTitle: 'The tide clock' }] });
  await askAndWait(ada, conversationId);

  const ofOwner = await twin.owner.chat.send.mutate({ text: question });
  const messageOf = async (call: Promise<unknown>) =>
    await call.then(
      () => 'let in',
      (error: Error) => error.message,
    );
  const { visitor } = ben.client;
  const tries = (conversation: string, message: string) =>
    Promise.all([
      messageOf(visitor.conversation.query({ id: conversation })),
      messageOf(visitor.send.mutate({ conversationId: conversation, text: question })),
      messageOf(visitor.deleteConversation.mutate({ id: conversation })),
      messageOf(visitor.stop.mutate({ messageId: message })),
      eventsRefusal(ben, message),
    ]);
  const missing = await tries(unknownId, unknownId);
  expect(missing.every((told) => told.includes('does not exist'))).toBe(true);
  expect(await tries(conversationId, messageId)).toEqual(missing);
  expect(await tries(ofOwner.conversationId, ofOwner.messageId)).toEqual(missing);
  expect(await visitor.conversations.query()).toEqual([]);

  const ours = twin.owner;
  const listed = await ours.conversations.list.query({});
  expect(listed.map(({ id }) => id)).not.toContain(conversationId);
  const calls = [
    ours.conversations.get.query({ id: conversationId }),
    ours.conversations.rename.mutate({ id: conversationId, title: 'x' }),
    ours.conversations.delete.mutate({ id: conversationId }),
    ours.chat.send.mutate({ conversationId, text: question }),
    ours.chat.stop.mutate({ messageId }),
    ours.chat.checkCitation.query({ messageId, number: 1 }),
    ours.evaluation.addAnswer.mutate({ messageId }),
  ];
  for (const told of await Promise.all(calls.map(messageOf))) {
    expect(told).toMatch(/does not exist|no such citation/);
  }

  const countsOf = async () => (await ours.shareLinks.list.query()).links.find(({ id }) => id === link.id);
  const counted = await countsOf();
  expect(counted?.questionsToday).toBeGreaterThanOrEqual(2);
  expect(counted?.questions).toBe(counted?.questionsToday);
  expect(await ada.client.visitor.deleteEverything.mutate()).toEqual({ deleted: 1 });
  // What was asked is gone; how much, the owner is told as before.
  const { questions, questionsToday } = counted ?? {};
  expect(await countsOf()).toMatchObject({ questions, questionsToday });
  expect(await ada.client.visitor.conversations.query()).toEqual([]);
  expect(await messageOf(ada.client.visitor.conversation.query({ id: conversationId }))).toEqual(missing[0]);
});

async function eventsRefusal({ headers }: Visiting, messageId: string): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ messageId }));
  const response = await sendJson(`${twin.server.origin}/api/trpc/visitor.events?input=${input}`, { headers });
  return /"message":"([^"]*)"/.exec(await response.text())?.[1] ?? 'let in';
}

test('what a visitor may not choose is not taken', async () => {
  const { headers } = await twin.visitor(link.token);
  const body = { text: question, scope: { documentIds: ['no-such-document'] }, visitorId: unknownId, twinId: 2 };
  const asked = await sendJson(`${twin.server.origin}/api/trpc/visitor.send`, { method: 'POST', headers, body });
  // Of the whole library, as without: the owner's door would say that there is no such document.
  expect(asked.status).toBe(200);
  await sendJson(`${twin.server.origin}/api/trpc/visitor.send`, {
    method: 'POST',
    headers: { ...headers, 'x-user-id': 'ann' },
    body,
  });
  const kept = twin.server.database.db.selectFrom('conversation').select('user_label').distinct();
  const rows = await kept.where('visitor_id', 'is not', null).execute();
  expect(rows).toEqual([{ user_label: 'visitor' }]);
});

test('a revoked link lets nobody in from the next call on, says so to whoever opens it, and leaves the others open', async () => {
  const gone = await twin.share('Gone soon');
  const visiting = await twin.visitor(gone.token);
  const other = await twin.visitor(link.token);
  await askAndWait(visiting);
  expect((await twin.owner.shareLinks.list.query()).links).toContainEqual(
    expect.objectContaining({
      id: gone.id,
      state: 'open',
      visitors: 1,
      questionsToday: 1,
      lastUsedAt: expect.any(String),
    }),
  );
  await twin.owner.shareLinks.revoke.mutate({ id: gone.id });
  await expect(visiting.client.visitor.conversations.query()).rejects.toMatchObject({ data: { httpStatus: 401 } });
  await expect(visiting.client.visitor.send.mutate({ text: question })).rejects.toMatchObject({
    data: { httpStatus: 401 },
  });
  const opened = await twin.visit(gone.token);
  expect(opened.status).toBe(403);
  expect(await opened.json()).toMatchObject({ error: { reason: 'link-revoked' } });
  expect(await other.client.visitor.conversations.query()).toEqual([]);
  expect(new Set(Object.values(await codesFor({ cookie: visiting.headers.cookie })))).toEqual(
    new Set(['UNAUTHORIZED']),
  );
});

test('an expired link says so, and one cannot be made', async () => {
  const brief = await twin.share('Brief', new Date(Date.now() + 60_000).toISOString());
  const visiting = await twin.visitor(brief.token);
  await visiting.client.visitor.twin.query();
  const past = { expires_at: new Date(Date.now() - 1_000) };
  await twin.server.database.db.updateTable('share_link').set(past).where('id', '=', brief.id).execute();
  expect(await (await twin.visit(brief.token)).json()).toMatchObject({ error: { reason: 'link-expired' } });
  // Its visitor asks nothing more, and reads for as long as a link is believed at most.
  const unauthenticated = { data: { httpStatus: 401 } };
  await expect(visiting.client.visitor.send.mutate({ text: question })).rejects.toMatchObject(unauthenticated);
  const read = () =>
    visiting.client.visitor.twin.query().then(
      () => 'let in',
      (error: { data?: { httpStatus?: number } }) => error.data?.httpStatus,
    );
  await expect.poll(read, { timeout: believedMs + 2_000 }).toBe(401);
  await expect(twin.share('Past', new Date(Date.now() - 1_000).toISOString())).rejects.toThrow('ended already');
});

test('signing out leaves a visitor alone', async () => {
  const visiting = await twin.visitor(link.token);
  const cookie = `${visiting.headers.cookie}; ${await twin.signIn()}`;
  const send = (path: string) =>
    sendJson(`${twin.server.origin}/api/auth/${path}`, { method: 'POST', headers: { cookie }, body: {} });
  const whoReads = async () =>
    (await fetch(`${twin.server.origin}/api/trpc/shareLinks.list`, { headers: { cookie } })).status;
  expect(await whoReads()).toBe(200);
  const left = await send('sign-out');
  expect(left.status).toBe(200);
  expect(left.headers.getSetCookie().join()).not.toContain('twin-visitor');
  expect(await whoReads()).toBe(403);
  expect(await visiting.client.visitor.conversations.query()).toEqual([]);
});

function forged(linkId: string): string {
  const ends = Math.floor(Date.now() / 1000) + 3_600;
  return `twin-visitor=v1.${linkId}.${unknownId}.${ends}.${'A'.repeat(43)}`;
}
