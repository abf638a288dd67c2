import { limits } from '@twin/core/limits';
import { type FakeModelServer, startFakeModelServer } from '@twin/testing/fake-model-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PublicTwin, startPublicTwin, type Visiting } from '../testing/public-twin.ts';

let model: FakeModelServer;
let twin: PublicTwin;
let token: string;
let asked = 0;
const closing: AbortController[] = [];

beforeAll(async () => {
  model = await startFakeModelServer();
  model.setDefault({ kind: 'endless', msPerToken: 50 });
  const variables = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'sk-test', CHAT_MODEL: 'test-model' };
  twin = await startPublicTwin(variables);
  ({ token } = await twin.share('Friends'));
});

afterEach(async () => {
  for (const one of closing.splice(0)) one.abort();
  for (const { id, state } of (await twin.owner.shareLinks.list.query()).links) {
    if (state === 'open') await twin.owner.shareLinks.revoke.mutate({ id });
  }
  ({ token } = await twin.share('Friends'));
});

afterAll(async () => {
  await twin.server.close();
  await model.close();
});

async function askOf({ client }: Visiting): Promise<string> {
  asked += 1;
  return (await client.visitor.send.mutate({ text: `Who built the tide clock, for the ${asked}. time?` })).messageId;
}

interface Watch {
  /** Until something of the answer or a refusal was heard. */
  heard: string;
  close: () => void;
}

async function watch(
  { headers }: Visiting,
  messageId: string,
  control: AbortController = new AbortController(),
): Promise<Watch> {
  closing.push(control);
  const input = encodeURIComponent(JSON.stringify({ messageId }));
  const url = `${twin.server.origin}/api/trpc/visitor.events?input=${input}`;
  const response = await fetch(url, { headers, signal: control.signal });
  const reader = response.body?.getReader();
  let heard = '';
  while (!/"type"|"code"/.test(heard)) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    heard += new TextDecoder().decode(next.value);
  }
  return { heard, close: () => control.abort() };
}

const isRefused = ({ heard }: Watch) => heard.includes('"visitor-watches"');

test('a visitor follows a few answers at once, and one that is left makes room, however it was left', async () => {
  const visiting = await twin.visitor(token);
  const messageId = await askOf(visiting);
  const watches: Watch[] = [];
  for (let n = 0; n < limits.visitorWatchesMax; n += 1) watches.push(await watch(visiting, messageId));
  expect(watches.filter(isRefused)).toEqual([]);
  const refused = await watch(visiting, messageId);
  expect(refused.heard).toMatch(/"appCode":"rate-limited","reason":"visitor-watches".*"retryAfterMs":5000/);

  // Another visitor is not held up by it.
  const other = await twin.visitor(token);
  expect(isRefused(await watch(other, await askOf(other)))).toBe(false);

  watches[0]?.close();
  await expect.poll(async () => isRefused(await watch(visiting, messageId))).toBe(false);
  expect(isRefused(await watch(visiting, messageId))).toBe(true);
});

test('a watch that fails, and one of an answer that has ended, hold no place', async () => {
  const visiting = await twin.visitor(token);
  const messageId = await askOf(visiting);
  for (let n = 0; n < limits.visitorWatchesMax + 1; n += 1) {
    expect((await watch(visiting, crypto.randomUUID())).heard).toContain('"not-found"');
  }
  await visiting.client.visitor.stop.mutate({ messageId });
  const atOnce = Array.from({ length: limits.visitorWatchesMax }, () => watch(visiting, messageId));
  expect((await Promise.all(atOnce)).filter(isRefused)).toEqual([]);
  await expect.poll(async () => isRefused(await watch(visiting, messageId))).toBe(false);
});

test('a question more than may be answered at once is refused with a wait, and taken when one is stopped', async () => {
  const visiting = await twin.visitor(token);
  const messageId = await askOf(visiting);
  for (let n = 1; n < limits.visitorAnswersAtOnceMax; n += 1) await askOf(visiting);
  const data = { httpStatus: 429, appCode: 'rate-limited', reason: 'visitor-answers', retryAfterMs: 5_000 };
  await expect(askOf(visiting)).rejects.toMatchObject({ data });
  await visiting.client.visitor.stop.mutate({ messageId });
  await expect(askOf(visiting)).resolves.toEqual(expect.any(String));
});

test('watches that are broken off at any moment give their places back', async () => {
  const visiting = await twin.visitor(token);
  const messageId = await askOf(visiting);
  const brokenOff = Array.from({ length: 30 }, async (_, n) => {
    const control = new AbortController();
    setTimeout(() => control.abort(), n * 2);
    await watch(visiting, messageId, control).catch(() => undefined);
  });
  await Promise.all(brokenOff);
  const countRefused = async () => {
    const watches: Watch[] = [];
    for (let n = 0; n < limits.visitorWatchesMax; n += 1) watches.push(await watch(visiting, messageId));
    const refused = watches.filter(isRefused).length;
    for (const { close } of watches) close();
    return refused;
  };
  await expect.poll(countRefused, { interval: 500 }).toBe(0);
});

test('fresh cookies from one address open no more than the address may', async () => {
  const address = '192.0.2.77';
  const visitors = Math.ceil((limits.visitorWatchesOfAddressMax + 1) / limits.visitorWatchesMax);
  const watches: Watch[] = [];
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const visiting = await twin.visitor(token, address);
    const messageId = await askOf(visiting);
    for (let n = 0; n < limits.visitorWatchesMax; n += 1) watches.push(await watch(visiting, messageId));
  }
  expect(watches.map(isRefused).indexOf(true)).toBe(limits.visitorWatchesOfAddressMax);
  expect(watches.slice(limits.visitorWatchesOfAddressMax).every(isRefused)).toBe(true);
  expect(isRefused(await watch(...(await elsewhere())))).toBe(false);
});

async function elsewhere(): Promise<[Visiting, string]> {
  const visiting = await twin.visitor(token);
  return [visiting, await askOf(visiting)];
}
