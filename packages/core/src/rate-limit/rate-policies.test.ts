import { takeFromBucket } from '@twin/db/queries/rate-buckets';
import { upsertRateLimitSetting } from '@twin/db/queries/rate-limit-settings';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { changeRateLimit } from './change-rate-limit.ts';
import { checkRateLimit } from './check-rate-limit.ts';
import { countCall } from './count-call.ts';
import { listRateLimitUse } from './list-rate-limit-use.ts';
import { listRateLimits } from './list-rate-limits.ts';
import { type RateLimitPolicyName, rateLimitPolicies, rateLimitPolicyNames } from './policies.ts';
import { createRateGate } from './rate-gate.ts';
import { believedMs, createRatePolicies } from './rate-policies.ts';
import { resetRateLimit } from './reset-rate-limit.ts';
import { toBucket } from './to-bucket.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  const deps = createTestDeps(database);
  for (const policy of rateLimitPolicyNames) await changeRateLimit(deps, database.scope, policy, null);
  for (const { key } of await listRateLimitUse(deps, database.scope)) {
    await resetRateLimit(deps, database.scope, key);
  }
});

/** Deps as two processes on one database have them: all they share is in the tables. The second one's clock stands still. */
function createPair() {
  const clock = { ms: 0 };
  const monotonicMs = () => clock.ms;
  const rateGate = createRateGate(database.db, { monotonicMs });
  const ratePolicies = createRatePolicies(database.db, rateGate, monotonicMs);
  return { here: createTestDeps(database), there: createTestDeps(database, { rateGate, ratePolicies }), clock };
}

const anHour = { limit: 3, windowSeconds: 3_600 };
const owner = { kind: 'owner', userId: 'ann', label: 'Ann' } as const;

test('a change holds at once where it was made, and within a second in every other process', async () => {
  const { here, there, clock } = createPair();
  const { scope } = database;
  await there.ratePolicies.inForce(scope);
  await changeRateLimit(here, scope, 'search', anHour);
  expect(await checkRateLimit(here, scope, 'search', 'a')).toMatchObject({
    limit: 3,
    windowSeconds: 3_600,
    remaining: 2,
  });
  clock.ms += believedMs - 1;
  expect(await checkRateLimit(there, scope, 'search', 'a')).toMatchObject({ limit: rateLimitPolicies.search.limit });
  clock.ms += 1;
  expect(await checkRateLimit(there, scope, 'search', 'b')).toMatchObject({ limit: 3, remaining: 2 });
});

test('whoever was refused waits no longer than a raised limit asks, and not at all after a reset elsewhere', async () => {
  const { here, there, clock } = createPair();
  const { scope } = database;
  await changeRateLimit(here, scope, 'upload', { limit: 1, windowSeconds: 3_600 });
  const take = async () => await checkRateLimit(there, scope, 'upload', 'waiting');
  expect(await take()).toMatchObject({ allowed: true });
  const refused = await take();
  expect(refused.allowed).toBe(false);
  expect(refused.resetMs).toBeGreaterThan(3_000_000);
  await changeRateLimit(here, scope, 'upload', { limit: 60, windowSeconds: 3_600 });
  clock.ms += believedMs;
  const raised = await take();
  expect(raised.allowed).toBe(false);
  expect(raised.resetMs).toBeLessThanOrEqual(60_000);
  await resetRateLimit(here, scope, 'upload:waiting');
  clock.ms += believedMs;
  expect(await take()).toMatchObject({ allowed: true });
});

test('an answer that a change has overtaken is not believed after it', async () => {
  const { there } = createPair();
  const { scope } = database;
  const asked = there.ratePolicies.inForce(scope);
  await changeRateLimit(there, scope, 'ingest', anHour);
  await asked;
  expect((await there.ratePolicies.inForce(scope)).ingest).toMatchObject(anHour);
});

test('a policy that counts in fixed windows is listed and reset as any other, and starts anew when that changes', async () => {
  const { here, there, clock } = createPair();
  const { scope } = database;
  const take = async () => await checkRateLimit(here, scope, 'search', 'address:192.0.2.5');
  await changeRateLimit(here, scope, 'search', { ...anHour, algorithm: 'fixed-window' });
  const first = await take();
  expect(first).toMatchObject({ allowed: true, limit: 3, remaining: 2 });
  // A bucket would be full again in twenty minutes.
  expect(first.resetMs).toBeGreaterThan(3_500_000);
  await take();
  expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
  const refused = await take();
  expect(refused).toMatchObject({ allowed: false, remaining: 0 });
  expect(await checkRateLimit(there, scope, 'search', 'address:192.0.2.5')).toMatchObject({ allowed: false });
  const use = async () => (await listRateLimitUse(here, scope)).map(({ key, count, limit }) => ({ key, count, limit }));
  expect(await use()).toEqual([{ key: 'search:address:192.0.2.5', count: 3, limit: 3 }]);
  await resetRateLimit(here, scope, 'search:address:192.0.2.5');
  clock.ms += believedMs;
  expect(await checkRateLimit(there, scope, 'search', 'address:192.0.2.5')).toMatchObject({ allowed: true });
  await changeRateLimit(here, scope, 'search', anHour);
  expect(await use()).toEqual([]);
  expect(await take()).toMatchObject({ allowed: true, remaining: 2 });
});

test('who is refused in a fixed window is told when it ends, however long it is', async () => {
  const { here } = createPair();
  const { scope } = database;
  const month = 31 * 86_400;
  await changeRateLimit(here, scope, 'upload', { limit: 1, windowSeconds: month, algorithm: 'fixed-window' });
  await checkRateLimit(here, scope, 'upload', 'a');
  const refused = await checkRateLimit(here, scope, 'upload', 'a');
  expect(refused).toMatchObject({ allowed: false, limit: 1, windowSeconds: month });
  expect(refused.resetMs).toBeGreaterThan((month - 600) * 1000);
});

test('a limit of a day, which survives a crash, does not count in windows, which do not', async () => {
  const { here } = createPair();
  const { scope } = database;
  const numbers = { limit: 5, windowSeconds: 86_400, algorithm: 'fixed-window' } as const;
  await expect(changeRateLimit(here, scope, 'chat-day', numbers)).rejects.toMatchObject({
    code: 'invalid-input',
    reason: 'limit-algorithm',
  });
  const choices = Object.fromEntries(
    (await listRateLimits(here, scope)).map(({ policy, algorithms }) => [policy, algorithms.length]),
  );
  expect(choices).toMatchObject({ chat: 2, 'chat-day': 1, 'chat-twin-day': 1, 'sign-in': 2, 'sign-in-day': 1 });
});

test('settings of one twin leave the others alone, and going back to the standard leaves no trace', async () => {
  const { here } = createPair();
  const { scope } = database;
  await changeRateLimit(here, scope, 'chat', anHour);
  const listed = async () => (await listRateLimits(here, scope)).find(({ policy }) => policy === 'chat');
  const { limit, windowSeconds } = rateLimitPolicies.chat;
  expect(await listed()).toMatchObject({ ...anHour, standard: { limit, windowSeconds } });
  await changeRateLimit(here, scope, 'chat', null);
  expect(await listed()).toMatchObject({ limit, windowSeconds });
  const rows = await database.db.selectFrom('rate_limit_setting').selectAll().where('twin_id', '=', 1).execute();
  expect(rows).toEqual([]);
});

test.each(['read', 'write', 'session', 'unproven', 'sign-in', 'sign-in-day', 'account'] as const)(
  '%s cannot be set so low that the owner could not set it back',
  async (policy) => {
    const { here } = createPair();
    for (const numbers of [
      { limit: 1, windowSeconds: 60 },
      { limit: 9, windowSeconds: 86_400 },
      { limit: 200, windowSeconds: 31 * 86_400 },
    ]) {
      await expect(changeRateLimit(here, database.scope, policy, numbers)).rejects.toMatchObject({
        code: 'invalid-input',
        reason: 'limit-too-low',
      });
    }
  },
);

test('a call counts against every policy of its door, up to the one that refuses', async () => {
  const { here } = createPair();
  const { scope } = database;
  await changeRateLimit(here, scope, 'chat-day', { limit: 1, windowSeconds: 86_400 });
  const caller = { principal: { ...owner, scope }, address: '192.0.2.1' };
  const ask = async () =>
    (await countCall(here, scope, 'chat', caller)).map(({ policy, allowed }) => ({ policy, allowed }));
  expect(await ask()).toEqual([
    { policy: 'chat', allowed: true },
    { policy: 'chat-day', allowed: true },
    { policy: 'chat-twin-day', allowed: true },
  ]);
  expect(await ask()).toEqual([
    { policy: 'chat', allowed: true },
    { policy: 'chat-day', allowed: false },
  ]);
});

test.each<[string, RateLimitPolicyName, string[]]>([
  ['caller', 'search', ['a', 'b', 'c']],
  ['address', 'sign-in', ['a', 'a', 'c']],
  ['twin', 'chat-twin-day', ['a', 'a', 'a']],
])('per %s: %s counts who must be counted together', async (_per, policy, expected) => {
  const { here } = createPair();
  const { scope } = database;
  // Not as an owner may: some of these keep a way in.
  await upsertRateLimitSetting(database.db, scope, {
    policy,
    limit: 1,
    windowSeconds: 3_600,
    algorithm: 'token-bucket',
  });
  here.ratePolicies.forget(scope);
  const { door } = rateLimitPolicies[policy];
  const calls = [
    { principal: { ...owner, scope }, address: '192.0.2.7' },
    { principal: { ...owner, scope, userId: 'bob' }, address: '192.0.2.7' },
    { principal: { ...owner, scope, userId: 'cat' }, address: '198.51.100.1' },
  ];
  const allowed: boolean[] = [];
  for (const caller of calls) {
    const decision = (await countCall(here, scope, door, caller)).find((one) => one.policy === policy);
    allowed.push(decision?.allowed ?? false);
  }
  // The first of each group passes; whoever shares its letter does not.
  expect(allowed).toEqual(expected.map((group, index) => expected.indexOf(group) === index));
});

test('who is near a limit is listed first, past any number of others who have used more time and less of theirs', async () => {
  const { here } = createPair();
  const { db, scope } = database;
  const ofTheDay = toBucket(rateLimitPolicies['chat-day'], 'chat-day');
  await Promise.all(
    Array.from({ length: 201 }, (_none, n) =>
      takeFromBucket(db, scope, { ...ofTheDay, key: `chat-day:user:${n}` }, { count: 5 }),
    ),
  );
  await takeFromBucket(db, scope, toBucket(rateLimitPolicies.chat, 'chat:user:near'), { count: 19 });
  const listed = await listRateLimitUse(here, scope);
  expect(listed[0]).toMatchObject({ key: 'chat:user:near', policy: 'chat', limit: 20 });
  expect(listed).toHaveLength(200);
});

test('who is unknown is counted by address, however it is labelled', async () => {
  const { here } = createPair();
  const { scope } = database;
  await changeRateLimit(here, scope, 'search', { limit: 1, windowSeconds: 3_600 });
  const from = async (address: string) =>
    (await countCall(here, scope, 'search', { principal: null, address })).at(-1)?.allowed;
  expect([await from('192.0.2.9'), await from('192.0.2.9'), await from('192.0.2.10')]).toEqual([true, false, true]);
});
