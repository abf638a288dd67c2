import { VISITOR_CONVERSATION_DAYS } from '@twin/db/queries/expired-rows';
import { insertShareLink, revokeShareLink } from '@twin/db/queries/share-links';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { believedMs, createVisitors } from './visitors.ts';

const dayMs = 24 * 3_600_000;
const secret = 'k8Zq2vXw5rTn7yPb3mLc9dHf4jGs6aQe';
let database: TestDatabase;
let hashes = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => database.close());

/** One server process, with a clock of its own. */
function open(options: { secret?: string; secure?: boolean } = {}) {
  const { db, scope } = database;
  const clock = { ms: 0 };
  let queries = 0;
  const counting = db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => await Promise.resolve(result),
  });
  const visitors = createVisitors({
    db: counting,
    scope,
    secret,
    secure: false,
    monotonicMs: () => clock.ms,
    ...options,
  });
  return { visitors, clock, queries: () => queries };
}

async function insertLink(expiresAt: Date | null = null): Promise<string> {
  hashes += 1;
  const tokenHash = String(hashes).padStart(64, '0');
  return await insertShareLink(database.db, database.scope, { name: 'Friends', tokenHash, expiresAt });
}

const blank = new Request('https://x/');
const withCookie = (setCookie: string) =>
  new Request('https://x/', { headers: { cookie: setCookie.split(';')[0] ?? '' } });

test('a visitor is known by the cookie, here and in every process of the installation', async () => {
  const linkId = await insertLink();
  const cookie = open().visitors.admit(blank, linkId);
  const first = await open().visitors.find(withCookie(cookie));
  expect(first).toMatchObject({ kind: 'visitor', linkId, label: 'visitor', scope: database.scope });
  expect(await open().visitors.find(withCookie(cookie))).toEqual(first);
  expect(await open({ secret: secret.toLowerCase() }).visitors.find(withCookie(cookie))).toBeNull();
});

test('a visitor who opens another link stays who they are, also with a cookie that has ended or whose link was revoked', async () => {
  const [first, second] = [await insertLink(), await insertLink()];
  const { visitors } = open();
  const cookie = visitors.admit(blank, first);
  const before = await visitors.find(withCookie(cookie));
  const other = visitors.admit(withCookie(cookie), second);
  expect(await visitors.find(withCookie(other))).toEqual({ ...before, linkId: second });
  await revokeShareLink(database.db, database.scope, second);
  visitors.forget();
  expect(await visitors.find(withCookie(other))).toBeNull();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 40 * dayMs });
  expect(await visitors.find(withCookie(cookie))).toBeNull();
  expect(await visitors.find(withCookie(visitors.admit(withCookie(other), first)))).toEqual(before);
});

test('a cookie is renewed by use, once a day, and so outlasts what was asked with it', async () => {
  const { visitors } = open();
  const first = visitors.admit(blank, await insertLink());
  const visitor = await visitors.find(withCookie(first));
  const start = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(start + 0.9 * dayMs);
  expect(visitors.renew(withCookie(first))).toBeUndefined();
  // Whoever asks now may read for as long as the answer is kept.
  vi.setSystemTime(start + (0.9 + VISITOR_CONVERSATION_DAYS) * dayMs);
  expect(await visitors.find(withCookie(first))).toEqual(visitor);
  const renewed = visitors.renew(withCookie(first)) ?? '';
  vi.setSystemTime(start + (0.8 + 2 * VISITOR_CONVERSATION_DAYS) * dayMs);
  expect(await visitors.find(withCookie(first))).toBeNull();
  expect(await visitors.find(withCookie(renewed))).toEqual(visitor);
});

test('over https the cookie is bound to its host and sent over nothing else', async () => {
  const secure = open({ secure: true }).visitors.admit(blank, await insertLink());
  expect(secure).toMatch(/^__Host-twin-visitor=[^;]+; Max-Age=2678400; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  expect(await open({ secure: true }).visitors.find(withCookie(secure))).not.toBeNull();
  expect(await open().visitors.find(withCookie(secure))).toBeNull();
});

test('any other character in a credential, or another part of it, makes it worthless, and costs no query', async () => {
  const linkId = await insertLink();
  const process = open();
  const [cookie = ''] = process.visitors.admit(blank, linkId).split(';');
  const [, value = ''] = cookie.split('=');
  const [version, link, visitor = '', ends = '', mac = ''] = value.split('.');
  const forged = [
    ...Array.from(value, (character, at) => value.slice(0, at) + (character === 'a' ? 'b' : 'a') + value.slice(at + 1)),
    [version, await insertLink(), visitor, ends, mac].join('.'),
    [version, link, crypto.randomUUID(), ends, mac].join('.'),
    [version, link, visitor, String(Number(ends) + 1), mac].join('.'),
    [version, link, visitor, ends].join('.'),
    '',
    'v1....',
  ];
  for (const one of forged) {
    expect(await process.visitors.find(withCookie(`twin-visitor=${one}`))).toBeNull();
  }
  expect(process.queries()).toBe(0);
});

test('a revoked link is refused at once in the process that did it, and within seconds in another', async () => {
  const linkId = await insertLink();
  const [here, there] = [open(), open()];
  const cookie = withCookie(here.visitors.admit(blank, linkId));
  expect(await here.visitors.find(cookie)).not.toBeNull();
  expect(await there.visitors.find(cookie)).not.toBeNull();
  await revokeShareLink(database.db, database.scope, linkId);
  here.visitors.forget();
  expect(await here.visitors.find(cookie)).toBeNull();
  there.clock.ms = believedMs - 1;
  expect(await there.visitors.find(cookie)).not.toBeNull();
  there.clock.ms = believedMs;
  expect(await there.visitors.find(cookie)).toBeNull();
});

test('an answer that a revocation has overtaken is not believed after it', async () => {
  const linkId = await insertLink();
  const { visitors } = open();
  const cookie = withCookie(visitors.admit(blank, linkId));
  const asked = visitors.find(cookie);
  visitors.forget();
  await asked;
  await revokeShareLink(database.db, database.scope, linkId);
  expect(await visitors.find(cookie)).toBeNull();
});

test('a link that expires is refused at that moment, and one look does for many calls', async () => {
  const linkId = await insertLink(new Date(Date.now() + 2_000));
  const process = open();
  const cookie = withCookie(process.visitors.admit(blank, linkId));
  for (let call = 0; call < 5; call += 1) expect(await process.visitors.find(cookie)).not.toBeNull();
  expect(process.queries()).toBe(1);
  await database.db
    .updateTable('share_link')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('id', '=', linkId)
    .execute();
  process.clock.ms = 2_000;
  expect(await process.visitors.find(cookie)).toBeNull();
});
