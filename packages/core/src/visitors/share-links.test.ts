import { insertShareLink } from '@twin/db/queries/share-links';
import { updateTwin } from '@twin/db/queries/twins';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { createShareLink, listShareLinks } from './share-links.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('there are never more open links than may be, however many are made at the same moment', async () => {
  const { db, scope } = database;
  for (let made = 0; made < limits.shareLinksMax - 2; made += 1) {
    const tokenHash = String(made).padStart(64, '0');
    await insertShareLink(db, scope, { name: 'Friends', tokenHash, expiresAt: null });
  }
  const make = () => createShareLink(createTestDeps(database), scope, { name: 'One more', expiresAt: null });
  const made = await Promise.allSettled(Array.from({ length: 6 }, make));
  const refusals = made.filter(({ status }) => status === 'rejected');
  expect(refusals.map((refusal) => (refusal as PromiseRejectedResult).reason)).toMatchObject(
    Array.from({ length: 4 }, () => ({ code: 'conflict', reason: 'too-many-links' })),
  );
  expect((await listShareLinks(createTestDeps(database), scope)).links).toHaveLength(limits.shareLinksMax);
});

test('an owner is told that nothing bounds what a day costs, where a model answers and there is no budget', async () => {
  const { scope } = database;
  const isOpen = async (chatModel?: ReturnType<typeof createScriptedModel>) =>
    (await listShareLinks(createTestDeps(database, { chatModel }), scope)).isSpendingOpen;
  const model = createScriptedModel([]);
  expect([await isOpen(), await isOpen(model)]).toEqual([false, true]);
  const persona = { name: 'Ann', bio: '', tone: '', person: 'first', strictness: 'strict' } as const;
  await updateTwin(database.db, scope, { ...persona, dailyTokensMax: 1_000 });
  expect(await isOpen(model)).toBe(false);
});
