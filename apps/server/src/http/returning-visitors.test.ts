import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askAndWait, cookiesOf, type PublicTwin, startPublicTwin, type Visiting } from '../testing/public-twin.ts';
import { sendJson } from '../testing/send-json.ts';
import { createTestClient } from '../testing/trpc-client.ts';

let twin: PublicTwin;
let link: { id: string; token: string };

beforeAll(async () => {
  twin = await startPublicTwin();
  link = await twin.share('Friends');
});

afterAll(() => twin.server.close());

test('a browser stays the same visitor by whichever links it comes, and deletes what it asked by all of them', async () => {
  const other = await twin.share('Others');
  const visiting = await twin.visitor(link.token);
  const { conversationId } = await askAndWait(visiting);
  const elsewhere = await visitAgain(other.token, visiting);
  expect(await elsewhere.client.visitor.conversations.query()).toMatchObject([{ id: conversationId }]);
  await askAndWait(elsewhere);
  const back = await visitAgain(link.token, elsewhere);
  expect(await back.client.visitor.deleteEverything.mutate()).toEqual({ deleted: 2 });
});

async function visitAgain(token: string, { headers }: Visiting): Promise<Visiting> {
  const opened = { ...headers, cookie: cookiesOf(await twin.visit(token, headers)) };
  return { headers: opened, client: createTestClient(twin.server.origin, opened) };
}

test('a conversation belongs to the link it was last asked by: revoking that one ends it, the one before no more', async () => {
  const [first, second] = [await twin.share('First'), await twin.share('Second')];
  const visiting = await twin.visitor(first.token);
  const { conversationId } = await askAndWait(visiting);
  const elsewhere = await visitAgain(second.token, visiting);
  await askAndWait(elsewhere, conversationId);
  await twin.owner.shareLinks.revoke.mutate({ id: first.id });
  await askAndWait(elsewhere, conversationId);
  const rows = twin.server.database.db
    .selectFrom('conversation')
    .select('share_link_id')
    .where('id', '=', conversationId);
  expect(await rows.execute()).toEqual([{ share_link_id: second.id }]);
  await twin.owner.shareLinks.revoke.mutate({ id: second.id });
  await expect(elsewhere.client.visitor.conversations.query()).rejects.toMatchObject({ data: { httpStatus: 401 } });
});

test('whoever comes back after a day is sent the cookie anew, and not before', async () => {
  const { headers } = await twin.visitor(link.token);
  const read = async () => await sendJson(`${twin.server.origin}/api/trpc/visitor.twin`, { headers });
  expect((await read()).headers.getSetCookie()).toEqual([]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1.1 * 24 * 3_600_000 });
  const [renewed = ''] = (await read()).headers.getSetCookie();
  vi.useRealTimers();
  expect(renewed).toMatch(/; Max-Age=2678400; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(renewed.split('.')[2]).toBe(headers.cookie.split('.')[2]);
});

test('whoever leaves is nobody in that browser, which only a page of ours can bring about', async () => {
  const { headers } = await twin.visitor(link.token);
  const leave = async (more: Record<string, string> = {}) =>
    await sendJson(`${twin.server.origin}/api/visit/leave`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: {},
    });
  expect((await leave({ origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await leave({ 'content-type': 'text/plain' })).status).toBe(415);
  const left = await leave();
  expect(left.status).toBe(200);
  expect(left.headers.getSetCookie()).toEqual(['twin-visitor=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
  const nobody = { ...headers, cookie: cookiesOf(left) };
  expect((await sendJson(`${twin.server.origin}/api/trpc/visitor.twin`, { headers: nobody })).status).toBe(401);
});

test('an owner who tries a link becomes no visitor, and leaves no trace of use', async () => {
  const untouched = await twin.share('Untouched');
  const opened = await twin.visit(untouched.token, { cookie: twin.cookie });
  expect(opened.status).toBe(403);
  expect(await opened.json()).toMatchObject({ error: { code: 'forbidden', reason: 'owner' } });
  expect(opened.headers.getSetCookie()).toEqual([]);
  const { links } = await twin.owner.shareLinks.list.query();
  expect(links.find(({ id }) => id === untouched.id)?.lastUsedAt).toBeNull();
});
