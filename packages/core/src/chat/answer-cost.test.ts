import {
  activateEmbeddingModel,
  findActiveEmbeddingModel,
  registerEmbeddingModel,
} from '@twin/db/queries/embedding-models';
import { incrementCorpusVersion } from '@twin/db/queries/twins';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Deps } from '../deps.ts';
import type { ChatModel, Reranker } from '../ports.ts';
import type { OwnerSide } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { createScriptedModel, type ModelStep, type ScriptedModel } from '../testing/scripted-model.ts';
import { getAdminOverview } from '../twin/get-admin-overview.ts';
import type { Persona } from '../twin/persona.ts';
import { updateTwinSettings } from '../twin/twin-settings.ts';
import type { ChatEvent } from './chat-event.ts';
import { completeChat } from './complete-chat.ts';
import type { MessageView } from './message-view.ts';

const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };
let database: TestDatabase;
let principal: OwnerSide;
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

async function ask(
  model: ChatModel,
  question = 'Do drones have a sting?',
  reranker?: Reranker,
  overrides: Partial<Deps> = {},
  signal = new AbortController().signal,
) {
  const events: ChatEvent[] = [];
  const deps = createTestDeps(database, { chatModel: model, reranker, ...overrides });
  const messages = [{ role: 'user' as const, content: question }];
  for await (const event of completeChat(deps, principal, { messages, signal })) {
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
    Promise.resolve({ order: [1, 0], spent: { promptTokens: 500, completionTokens: 3, isEstimated: false } }),
  );
  const { message } = await ask(modelOf(sting, counted), 'Have drones a sting?', {
    name: 'scripted',
    spendsTokens: true,
    rank,
  });
  expect(message.usage).toMatchObject({ promptTokens: 1_400, completionTokens: 23, isEstimated: false });
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: 1 });
  await ask(modelOf(sting), 'Which sting have drones?', { name: 'scripted', spendsTokens: true, rank });
  expect(rank).toHaveBeenCalledOnce();
});

test('a reranker that spends no tokens goes on where the budget is used up', async () => {
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: 1 });
  const rank = vi.fn<Reranker['rank']>(() => Promise.resolve({ order: [1, 0], spent: undefined }));
  const { message } = await ask(modelOf(sting), 'Have drones a sting?', { name: 'free', spendsTokens: false, rank });
  expect(message).toMatchObject({ outcome: 'quoted', usage: null });
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
  const priced = { ...modelOf(sting, counted), pricesPerMillion: { prompt: 2, completion: 10, currency: 'EUR' } };
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
  const { message, types } = await ask(model, 'Which of the drones have a sting?');
  expect(model.prompts).toHaveLength(0);
  expect(types).toContain('model-skip');
  expect(message).toMatchObject({ outcome: 'quoted', model: null, modelSkipped: 'token-budget', usage: null });
  expect(message.citations.length).toBeGreaterThan(0);
});

test('beyond the budget, an answer that was given before costs nothing and is given again', async () => {
  await ask(modelOf(sting, counted));
  await updateTwinSettings(database, database.scope, { persona, dailyTokensMax: 10 });
  const { message, types } = await ask(modelOf(sting));
  expect(message).toMatchObject({ fromCache: true, outcome: 'answered', usage: null, modelSkipped: null });
  expect(types).not.toContain('model-skip');
});

test('a model elsewhere under the same name, and another active embedding model, get answers of their own', async () => {
  const model = modelOf(sting);
  await ask(model);
  expect((await ask({ ...model, endpoint: 'http://127.0.0.1:9' })).message.fromCache).toBe(false);
  expect((await ask(model)).message.fromCache).toBe(true);
  const { db, home } = database;
  const before = await findActiveEmbeddingModel(db);
  const activate = async (id: number) => await db.transaction().execute((tx) => activateEmbeddingModel(tx, id));
  const other = { provider: 'openai', name: 'another', dimensions: 8 };
  await activate((await db.transaction().execute((tx) => registerEmbeddingModel(tx, home, other))).id);
  expect((await ask(model)).message.fromCache).toBe(false);
  await activate(before!.id);
});

test('an answer that ends after the documents have changed is not kept', async () => {
  const model = modelOf(sting);
  const changing: ChatModel = {
    ...model,
    async *stream(prompt, options) {
      yield* model.stream(prompt, options);
      await changeLibrary();
    },
  };
  expect((await ask(changing)).message.outcome).toBe('answered');
  expect(await countKept()).toBe(0);
});

test('an answer is kept neither when it was cut off nor when it was made without all that makes it', async () => {
  const model = modelOf(sting);
  const cut: ChatModel = {
    ...model,
    async *stream(prompt, options) {
      yield* model.stream(prompt, options);
      options.onCut?.();
    },
  };
  const { message } = await ask(cut);
  expect(message).toMatchObject({ state: 'done', outcome: 'answered' });
  expect(message.text).toMatch(/\[1\]\..*\n\n\*The answer ends here because the model may write no more/);
  const silent: Reranker = { name: 'silent', spendsTokens: true, rank: () => Promise.reject(new Error('away')) };
  expect((await ask(model, undefined, silent)).message.outcome).toBe('answered');
  const blind = { embedder: { ...testEmbedder, embed: () => Promise.reject(new Error('away')) } };
  expect((await ask(model, undefined, undefined, blind)).message.outcome).toBe('answered');
  expect(await countKept()).toBe(0);
});

test('what the search cost counts also where the model fails or is stopped before its first word', async () => {
  const spent = { promptTokens: 500, completionTokens: 3, isEstimated: false };
  const reranker: Reranker = {
    name: 'scripted',
    spendsTokens: true,
    rank: () => Promise.resolve({ order: [0], spent }),
  };
  const failed = await ask(modelOf({ fail: new Error('gone') }), 'Drones fail?', reranker);
  expect(failed.message).toMatchObject({ state: 'failed', usage: { ...spent, isEstimated: false } });
  const guessed: Reranker = {
    name: 'silent',
    spendsTokens: true,
    rank: () => Promise.resolve({ order: [0], spent: { ...spent, isEstimated: true } }),
  };
  const away = await ask(modelOf({ fail: new Error('gone') }), 'Drones guess?', guessed);
  expect(away.message.usage).toMatchObject({ promptTokens: 500, completionTokens: 3, isEstimated: true });
  const before = (await getAdminOverview(createTestDeps(database), database.scope)).tokens.today;
  const stop = new AbortController();
  const model = modelOf({ stall: true });
  const stalling: ChatModel = {
    ...model,
    stream(prompt, options) {
      setTimeout(() => stop.abort(), 20);
      return model.stream(prompt, options);
    },
  };
  const stopped = await ask(stalling, 'Drones stop?', reranker, {}, stop.signal);
  expect(stopped.message).toMatchObject({ state: 'stopped', usage: { isEstimated: true } });
  expect(stopped.message.usage?.promptTokens).toBeGreaterThan(503);
  const after = (await getAdminOverview(createTestDeps(database), database.scope)).tokens.today;
  expect(after - before).toBe(stopped.message.usage!.promptTokens);
});

async function countKept(): Promise<number> {
  const rows = await database.db.selectFrom('database_cache').select('key').where('key', 'like', 'answer:%').execute();
  return rows.length;
}
