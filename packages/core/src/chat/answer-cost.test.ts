import { incrementCorpusVersion } from '@twin/db/queries/twins';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ChatModel, Reranker } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel, type ModelStep, type ScriptedModel } from '../testing/scripted-model.ts';
import { getAdminOverview } from '../twin/get-admin-overview.ts';
import type { Persona } from '../twin/persona.ts';
import { updateTwinSettings } from '../twin/twin-settings.ts';
import type { ChatEvent } from './chat-event.ts';
import { completeChat } from './complete-chat.ts';
import type { MessageView } from './message-view.ts';

const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };
let database: TestDatabase;
let principal: Principal;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
  principal = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' };
});
beforeEach(async () => {
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: null });
  await changeLibrary();
});
afterAll(() => database.close());

async function changeLibrary(): Promise<void> {
  await database.db.transaction().execute((tx) => incrementCorpusVersion(tx, database.scope));
}

const sting = 'Drones have no sting [1 "Drones have no sting"].';
const counted = { usage: { promptTokens: 900, completionTokens: 20 } };

async function ask(model: ChatModel, question = 'Do drones have a sting?', reranker?: Reranker) {
  const events: ChatEvent[] = [];
  const deps = createTestDeps(database, { chatModel: model, reranker });
  const messages = [{ role: 'user' as const, content: question }];
  for await (const event of completeChat(deps, principal, { messages, signal: new AbortController().signal })) {
    events.push(event);
  }
  const last = events.at(-1);
  if (last?.type !== 'answer-end') throw new Error('The answer has no end');
  return { message: last.message, types: events.map(({ type }) => type) };
}

function modelOf(...steps: ModelStep[]): ScriptedModel {
  return createScriptedModel(steps);
}

const saidBy = ({ text, citations, unsupported, sources, outcome }: MessageView) => {
  return { text, citations, unsupported, sources, outcome };
};

test('what a reranker reads counts as well, and is not spent where the budget is used up', async () => {
  const rank = vi.fn<Reranker['rank']>(() =>
    Promise.resolve({ order: [1, 0], spent: { promptTokens: 500, completionTokens: 3 } }),
  );
  const { message } = await ask(modelOf(sting, counted), 'Have drones a sting?', { name: 'scripted', rank });
  expect(message.usage).toMatchObject({ promptTokens: 1_400, completionTokens: 23, isEstimated: false });
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: 1 });
  await ask(modelOf(sting), 'Which sting have drones?', { name: 'scripted', rank });
  expect(rank).toHaveBeenCalledOnce();
});

test('an equal question gets the answer that was given, marked, and costs nothing', async () => {
  const model = modelOf(sting, counted);
  const first = await ask(model);
  const second = await ask(model, '  Do drones have\n a sting? ');
  expect(model.prompts).toHaveLength(1);
  expect(saidBy(second.message)).toEqual(saidBy(first.message));
  expect(first.message).toMatchObject({ fromCache: false, usage: { promptTokens: 900 } });
  expect(second.message).toMatchObject({ fromCache: true, usage: null, model: 'scripted' });
  expect(second.types).toContain('answer-cached');
  expect(first.types).not.toContain('answer-cached');
});

test('another persona, another model and changed documents each get an answer of their own', async () => {
  const model = modelOf(sting);
  await ask(model);
  await updateTwinSettings(database, database.scope, { persona: { ...persona, tone: 'dry' }, dailyTokensMax: null });
  await ask(model);
  expect(model.prompts).toHaveLength(2);
  expect(model.prompts[1]?.system).toContain('Tone: dry.');
  const other = { ...modelOf(sting), modelName: 'another' };
  expect((await ask(other)).message).toMatchObject({ fromCache: false, model: 'another' });
  await changeLibrary();
  expect(await countKept()).toBe(0);
  await ask(model);
  expect(model.prompts).toHaveLength(3);
});

test('a change of documents that is rolled back takes no answer along', async () => {
  const model = modelOf(sting);
  await ask(model);
  const failing = database.db.transaction().execute(async (tx) => {
    await incrementCorpusVersion(tx, database.scope);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect((await ask(model)).message.fromCache).toBe(true);
});

test('an answer without a verified citation is made anew', async () => {
  const model = modelOf('They sting [1 "Drones do sting"].');
  expect((await ask(model)).message).toMatchObject({ outcome: 'unsupported', fromCache: false });
  expect((await ask(model)).message.fromCache).toBe(false);
});

test('tokens are what the endpoint counted, else an estimate; the price is per million; the days are summed', async () => {
  const priced = { ...modelOf(sting, counted), pricesPerMillion: { prompt: 2, completion: 10 } };
  const { message } = await ask(priced);
  expect(message.usage).toEqual({ promptTokens: 900, completionTokens: 20, isEstimated: false, cost: 0.002 });
  const estimated = await ask(modelOf(sting), 'Have drones a sting at all?');
  expect(estimated.message.usage).toMatchObject({ isEstimated: true, cost: null });
  expect(estimated.message.usage?.promptTokens).toBeGreaterThan(300);
  expect(estimated.message.usage?.completionTokens).toBeGreaterThan(3);

  const { tokens } = await getAdminOverview(createTestDeps(database), database.scope);
  const [usage] = tokens.models.filter(({ model }) => model === 'scripted');
  expect(usage).toMatchObject({ cost: 0.002 });
  expect(usage?.promptTokens).toBeGreaterThan(1_200);
  expect(tokens.today).toBeGreaterThanOrEqual((usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0));
});

test('a model that fails before its first word costs nothing; one that breaks off costs what it wrote', async () => {
  const failure = { fail: new Error('gone') };
  expect((await ask(modelOf(failure), 'Drones one?')).message).toMatchObject({ state: 'failed', usage: null });
  const cut = await ask(modelOf('Drones have no sting and ', failure), 'Drones two?');
  expect(cut.message).toMatchObject({ state: 'failed', usage: { isEstimated: true } });
  expect(cut.message.usage?.completionTokens).toBeGreaterThan(2);
});

test('beyond the budget of the day, answers are quoted and say why', async () => {
  await ask(modelOf(sting, counted));
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: 10 });
  const model = modelOf(sting);
  const { message, types } = await ask(model);
  expect(model.prompts).toHaveLength(0);
  expect(types).toContain('model-skip');
  expect(message).toMatchObject({ outcome: 'quoted', model: null, modelSkipped: 'token-budget', usage: null });
  expect(message.citations.length).toBeGreaterThan(0);
});

async function countKept(): Promise<number> {
  const rows = await database.db.selectFrom('database_cache').select('key').where('key', 'like', 'answer:%').execute();
  return rows.length;
}
