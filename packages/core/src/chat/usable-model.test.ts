import { insertConversation } from '@twin/db/queries/conversations';
import { finishMessage, insertMessages } from '@twin/db/queries/messages';
import { addTokenUsage } from '@twin/db/queries/token-usage';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import type { Persona } from '../twin/persona.ts';
import { findUsableModel } from './usable-model.ts';

const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Answers that are being written, each in a conversation of its own. */
async function startAnswers(count: number): Promise<string[]> {
  const { db, scope } = database;
  return await db.transaction().execute(async (tx) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const { id: conversationId } = await insertConversation(tx, scope, {
        title: 'Bees',
        userLabel: 'Ann',
        origin: 'app',
      });
      const answer = {
        conversationId,
        ordinal: 0,
        role: 'assistant',
        state: 'running',
        text: '',
        scope: null,
      } as const;
      const [stored] = await insertMessages(tx, scope, [answer]);
      ids.push(stored?.id ?? '');
    }
    return ids;
  });
}

test('of many answers that begin at once with little left of the budget one may ask the model; the next when it has ended', async () => {
  const { db, scope } = database;
  // Two processes: all they share is in the tables.
  const deps = [1, 2].map(() => createTestDeps(database, { chatModel: createScriptedModel([]) }));
  const budgeted = { question: 'What do bees do?', history: [], persona, dailyTokensMax: 5_000 };
  const usage = { model: 'm', promptTokens: 4_000, completionTokens: 900, isEstimated: false, cost: null };
  await db.transaction().execute(async (tx) => await addTokenUsage(tx, scope, usage));
  const messageIds = await startAnswers(12);
  const asked = await Promise.all(
    messageIds.map(async (messageId, n) => {
      const { model } = await findUsableModel(deps[n % 2]!, scope, { ...budgeted, messageId });
      return model === undefined ? [] : [messageId];
    }),
  );
  expect(asked.flat()).toHaveLength(1);

  const [messageId = ''] = asked.flat();
  const [next = ''] = await startAnswers(1);
  const findNext = async () => (await findUsableModel(deps[0]!, scope, { ...budgeted, messageId: next })).skipped;
  expect(await findNext()).toBe('token-budget');
  await db.transaction().execute(async (tx) => {
    await finishMessage(tx, scope, messageId, {
      state: 'done',
      text: 'They dance.',
      outcome: 'answered',
      citations: '[]',
      unsupported: '[]',
      sources: '[]',
      error: null,
      model: 'm',
      usage: null,
      updated_at: new Date(),
      from_cache: false,
      model_skipped: null,
    });
  });
  expect(await findNext()).toBeNull();
});
