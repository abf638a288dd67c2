import type { RateLimitPolicyName } from '@twin/core/rate-limit/policies';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PublicTwin, startPublicTwin, type Visiting } from '../testing/public-twin.ts';

let twin: PublicTwin;
let token: string;

beforeAll(async () => {
  twin = await startPublicTwin();
  ({ token } = await twin.share('Friends'));
});

afterAll(() => twin.server.close());

const set = (policy: RateLimitPolicyName, limit: number) =>
  twin.owner.rateLimits.change.mutate({ policy, limit, windowSeconds: 86_400 });
const restore = (policy: RateLimitPolicyName) => twin.owner.rateLimits.restore.mutate({ policy });

/** Which policy refuses, or that none does. */
async function ask({ client }: Visiting): Promise<string> {
  return await client.visitor.send.mutate({ text: 'OK' }).then(
    () => 'asked',
    (error: { data?: { reason?: string } }) => error.data?.reason ?? 'failed',
  );
}

test('a visitor has a limit, and fresh cookies from one address do not dodge that of the address', async () => {
  await set('public-chat', 2);
  await set('public-chat-address', 4);
  const [ada, ben] = [await twin.visitor(token, '192.0.2.1'), await twin.visitor(token, '192.0.2.1')];
  expect([await ask(ada), await ask(ada), await ask(ada)]).toEqual(['asked', 'asked', 'public-chat']);
  expect([await ask(ben), await ask(ben)]).toEqual(['asked', 'asked']);
  expect(await ask(await twin.visitor(token, '192.0.2.1'))).toBe('public-chat-address');
  expect(await ask(await twin.visitor(token, '192.0.2.2'))).toBe('asked');
});

test('an IPv6 network of 64 bits is one address', async () => {
  await restore('public-chat');
  await set('public-chat-address', 2);
  const asked: string[] = [];
  for (const tail of ['1', 'aa:1', 'ffff:2:3'])
    asked.push(await ask(await twin.visitor(token, `2001:db8:5:6::${tail}`)));
  expect(asked).toEqual(['asked', 'asked', 'public-chat-address']);
});

test('all visitors together have a limit of a day, which is not the owner’s', async () => {
  await restore('public-chat-address');
  await set('public-chat-twin-day', 1);
  const asked = [await ask(await twin.visitor(token)), await ask(await twin.visitor(token))];
  expect(asked).toContain('public-chat-twin-day');
  await twin.owner.chat.send.mutate({ text: 'OK' });
  await restore('public-chat-twin-day');
});

test('a link has a limit of a day of its own, so that one that leaked leaves the others theirs', async () => {
  const { token: leaked } = await twin.share('Leaked');
  await set('public-chat-link-day', 2);
  const asked: string[] = [];
  for (let stranger = 0; stranger < 3; stranger += 1) asked.push(await ask(await twin.visitor(leaked)));
  expect(asked).toEqual(['asked', 'asked', 'public-chat-link-day']);
  const { token: other } = await twin.share('Others');
  expect(await ask(await twin.visitor(other))).toBe('asked');
  await restore('public-chat-link-day');
});

test('a wait is told with a refusal', async () => {
  await set('public-chat', 1);
  const visiting = await twin.visitor(token);
  await ask(visiting);
  await expect(visiting.client.visitor.send.mutate({ text: 'OK' })).rejects.toMatchObject({
    data: { httpStatus: 429, retryAfterMs: expect.any(Number) },
  });
  await restore('public-chat');
});

test('reads, changes and openings of a link are counted by address', async () => {
  await set('public-read', 1);
  await set('public-write', 1);
  await set('visit', 2);
  const [ada, ben] = [await twin.visitor(token, '192.0.2.9'), await twin.visitor(token, '192.0.2.9')];
  await ada.client.visitor.twin.query();
  await expect(ben.client.visitor.twin.query()).rejects.toMatchObject({ data: { reason: 'public-read' } });
  await ada.client.visitor.deleteEverything.mutate();
  await expect(ben.client.visitor.deleteEverything.mutate()).rejects.toMatchObject({
    data: { reason: 'public-write' },
  });
  expect((await twin.visit(token, { 'x-forwarded-for': '192.0.2.9' })).status).toBe(429);
});

test('what a visitor is refused is counted by address, as what nobody known asks', { timeout: 60_000 }, async () => {
  await restore('public-read');
  await twin.owner.rateLimits.change.mutate({ policy: 'unproven', limit: 30, windowSeconds: 60 });
  const statuses = async ({ headers }: Visiting, path: string) => {
    const met: number[] = [];
    for (let call = 0; call < 20; call += 1) {
      const response = await fetch(`${twin.server.origin}${path}`, { headers });
      await response.body?.cancel();
      met.push(response.status);
    }
    return met;
  };
  const visiting = await twin.visitor(token, '192.0.2.30');
  const ownersList = '/api/trpc/conversations.list?input=%7B%7D';
  expect(new Set(await statuses(visiting, ownersList))).toEqual(new Set([403]));
  const overRest = await statuses(visiting, '/api/documents');
  expect(new Set(overRest.slice(0, 10))).toEqual(new Set([403]));
  // One comes back every two seconds.
  expect(overRest.slice(10)).toContain(429);
  expect(await statuses(visiting, ownersList)).toContain(429);
  // What is a visitor's stays theirs, from this address too.
  await visiting.client.visitor.twin.query();
  expect((await statuses(await twin.visitor(token), '/api/documents'))[0]).toBe(403);
  await restore('unproven');
});
