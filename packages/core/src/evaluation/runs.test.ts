import { deleteDocuments } from '@twin/db/queries/deleted-documents';
import { updateChunksEnabled } from '@twin/db/queries/kept-chunks';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { insertTestDocument } from '@twin/db/testing/insert-test-document';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { ChatModel } from '../ports.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { openChatProcess } from '../testing/chat-process.ts';
import { createTestDeps, testEmbedder } from '../testing/create-test-deps.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { getAdminOverview } from '../twin/get-admin-overview.ts';
import type { Persona } from '../twin/persona.ts';
import { updateTwinSettings } from '../twin/twin-settings.ts';
import { compareRuns } from './compare-runs.ts';
import { addAnswerAsGolden, addGoldenQuestions, listGolden, removeGoldenQuestion } from './golden-questions.ts';
import { parseGoldenLines } from './parse-golden-lines.ts';
import { performRun } from './perform-run.ts';
import { cancelRun, getRun, listRuns, startRun } from './runs.ts';

let database: TestDatabase;
let deps: Deps;
const never = new AbortController().signal;
const queued: string[] = [];
const persona: Persona = { name: 'Ada', bio: '', tone: '', person: 'first', strictness: 'strict' };

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
  deps = depsWith({});
  const lines = `
    {"question": "How many bees does a strong hive hold in summer?", "documents": [{"id": "bees", "quote": "holds about 40,000 bees"}], "answers": ["40,000 bees"]}
    {"question": "When are refunds paid?", "documents": ["refunds"], "answers": ["14 days"]}
    {"question": "How long do they live?", "documents": ["bees"], "answers": ["eight weeks"], "history": [{"role": "user", "text": "Tell me about drones"}]}
    {"question": "Which football club won the cup in Brazil?", "answerable": false}`;
  await addGoldenQuestions(deps, database.scope, parseGoldenLines(lines));
});
afterAll(() => database.close());

function depsWith(overrides: Partial<Deps>): Deps {
  const jobs: Deps['jobs'] = {
    enqueueIngestion: () => Promise.reject(new Error('Nothing is taken in here')),
    ingestUnlocked: () => undefined,
    enqueueErasure: () => Promise.reject(new Error('Nothing is erased here')),
    removeIngestions: () => Promise.resolve(),
    enqueueEvaluation: (_tx, _scope, runId) => Promise.resolve(void queued.push(runId)),
    enqueueModelChange: () => Promise.resolve(),
  };
  return createTestDeps(database, { jobs, ...overrides });
}

test('questions that are added together stay in their order', async () => {
  const own = await createTestDatabase();
  const lines = Array.from({ length: 60 }, (_, n) =>
    JSON.stringify({ question: `What is number ${n}?`, documents: ['bees'] }),
  );
  await addGoldenQuestions(createTestDeps(own), own.scope, parseGoldenLines(lines.join('\n')));
  const questions = await listGolden(createTestDeps(own), own.scope);
  expect(questions.map(({ question }) => question)).toEqual(
    lines.map((line) => (JSON.parse(line) as { question: string }).question),
  );
  await own.close();
});

test('a run measures finding, refusing, quoting and answering, and equal hashes have equal numbers', async () => {
  const [first, second] = [await startRun(deps, database.scope), await startRun(deps, database.scope)];
  expect(first).toMatchObject({ state: 'queued', questionCount: 4, questionsDone: 0 });
  expect(queued.slice(-2)).toEqual([first.id, second.id]);
  for (const { id } of [first, second]) await performRun(deps, database.scope, id, never);
  const [one, other] = [await getRun(deps, database.scope, first.id), await getRun(deps, database.scope, second.id)];
  expect(one.run).toMatchObject({ state: 'done', questionsDone: 4, error: null });
  expect(one.run.measures).toMatchObject({
    recall: 1,
    reciprocalRank: 1,
    ndcg: 1,
    passageRecall: 1,
    refusalF1: 1,
    quotesVerified: 1,
    answerContained: 1,
  });
  expect(other.run.hash).toBe(one.run.hash);
  const withoutTime = (measures: object | null) => ({ ...measures, latencyMsP50: 0, latencyMsP95: 0 });
  expect(withoutTime(other.run.measures)).toEqual(withoutTime(one.run.measures));
  expect(one.questions[0]?.result).toMatchObject({ outcome: 'quoted', ranking: ['bees', 'refunds'] });
  expect(one.questions[3]?.result).toMatchObject({ outcome: 'nothing-relevant', refused: true, recall: null });
});

test('a run whose process dies in the middle goes on with the question it was at', async () => {
  const { id } = await startRun(deps, database.scope);
  let asked = 0;
  const dying = new AbortController();
  const counting: Deps['embedder'] = {
    ...testEmbedder,
    embed: (texts, purpose) => {
      if (purpose === 'question') asked += 1;
      if (asked === 4) dying.abort(new Error('killed'));
      return testEmbedder.embed(texts, purpose);
    },
  };
  await expect(performRun(depsWith({ embedder: counting }), database.scope, id, dying.signal)).rejects.toThrow(
    /stopped|killed/,
  );
  const halfway = await getRun(deps, database.scope, id);
  expect(halfway.run.state).toBe('running');
  expect(halfway.run.questionsDone).toBeGreaterThan(0);
  expect(halfway.run.questionsDone).toBeLessThan(4);
  await performRun(deps, database.scope, id, never);
  const done = await getRun(deps, database.scope, id);
  expect(done.run).toMatchObject({ state: 'done', questionsDone: 4 });
  // What was asked before the end of the first process was not asked again.
  const before = halfway.questions.filter(({ result }) => result !== null);
  expect(done.questions.slice(0, before.length)).toEqual(before);
});

test('a canceled run stays canceled, whoever is at it', async () => {
  const { id } = await startRun(deps, database.scope);
  expect(await cancelRun(deps, database.scope, id)).toMatchObject({ state: 'canceled' });
  await performRun(deps, database.scope, id, never);
  expect((await getRun(deps, database.scope, id)).run).toMatchObject({ state: 'canceled', questionsDone: 0 });
  await expect(cancelRun(deps, database.scope, id)).rejects.toMatchObject({ code: 'conflict' });
});

test('the difference of two runs is over the questions both asked', async () => {
  const before = await startRun(deps, database.scope);
  await performRun(deps, database.scope, before.id, never);
  // A search by meaning that points everywhere alike.
  const blind = depsWith({ embedder: { ...testEmbedder, embed: () => Promise.reject(new Error('away')) } });
  const after = await startRun(blind, database.scope);
  await performRun(blind, database.scope, after.id, never);
  const { differences, changedSettings } = await compareRuns(deps, database.scope, {
    beforeId: before.id,
    afterId: after.id,
  });
  expect(differences.recall).toMatchObject({ count: 3, mean: 0, low: 0, high: 0 });
  expect(changedSettings).toEqual([]);
  const [newest] = await listRuns(deps, database.scope);
  expect(newest?.id).toBe(after.id);
  await expect(getRun(deps, database.scope, crypto.randomUUID())).rejects.toMatchObject({ code: 'not-found' });
});

describe('with a model', () => {
  const sting = ['Drones have no sting [1 "Drones have no sting"]. They fly [1 "Drones fly at night"].'];
  const counted = { usage: { promptTokens: 900, completionTokens: 20 } };

  async function runWith(model: ChatModel) {
    const run = depsWith({ chatModel: model });
    const { id } = await startRun(run, database.scope);
    await performRun(run, database.scope, id, never);
    return await getRun(run, database.scope, id);
  }
  const setBudget = async (dailyTokensMax: number | null) =>
    await updateTwinSettings(database, database.scope, { persona, dailyTokensMax });

  test('each answer is made anew, its tokens count, and quotes are held against what could not be verified', async () => {
    const model = createScriptedModel([...sting, counted]);
    const first = await runWith(model);
    const asked = model.prompts.length;
    expect(first.run).toMatchObject({ state: 'done' });
    expect(first.run.measures?.quotesVerified).toBe(0.5);
    const before = (await getAdminOverview(deps, database.scope)).tokens.today;
    await runWith(model);
    expect(model.prompts).toHaveLength(2 * asked);
    expect((await getAdminOverview(deps, database.scope)).tokens.today - before).toBe(920 * asked);
  });

  test('what a model wrote before it failed counts', async () => {
    const before = (await getAdminOverview(deps, database.scope)).tokens.today;
    const breaking = createScriptedModel([
      'Drones have no sting, ',
      { fail: new AppError('model-unavailable', 'It is down.') },
    ]);
    await expect(runWith(breaking)).rejects.toMatchObject({ code: 'model-unavailable' });
    expect((await getAdminOverview(deps, database.scope)).tokens.today).toBeGreaterThan(before + 50);
  });

  test('a budget that is used up ends the run instead of measuring quotes', async () => {
    await setBudget(1);
    const { run } = await runWith(createScriptedModel(sting));
    await setBudget(null);
    expect(run).toMatchObject({ state: 'failed', error: expect.stringContaining('tokens of the day are used up') });
  });

  test('what no repetition heals ends the run, what passes is thrown for the queue', async () => {
    const tooLong = { fail: new AppError('too-large', 'This question is too long for the model.') };
    expect((await runWith(createScriptedModel([tooLong]))).run).toMatchObject({ state: 'failed' });
    const away = { fail: new AppError('model-unavailable', 'It is down.') };
    await expect(runWith(createScriptedModel([away]))).rejects.toMatchObject({ code: 'model-unavailable' });
  });
});

test('the hash tells code, persona, contents, passages, what they are indexed as and models apart', async () => {
  const { db, scope } = database;
  const hashOf = async (overrides: Partial<Deps> = {}) => (await startRun(depsWith(overrides), scope)).hash;
  const hashes = [await hashOf()];
  expect(await hashOf()).toBe(hashes[0]);
  hashes.push(await hashOf({ chatModel: { ...createScriptedModel([]), contextTokens: 4_096 } }));
  const elsewhere = 'http://localhost:1/v1';
  hashes.push(await hashOf({ chatModel: { ...createScriptedModel([]), contextTokens: 4_096, endpoint: elsewhere } }));
  hashes.push(await hashOf({ embedder: { ...testEmbedder, endpoint: elsewhere } }));
  hashes.push(await hashOf({ code: 'of another build' }));
  await updateTwinSettings(database, scope, { persona: { ...persona, tone: 'dry' }, dailyTokensMax: null });
  hashes.push(await hashOf());
  const added = await insertTestDocument(db, scope, { id: 'more', paragraphs: ['More is said here.'] });
  hashes.push(await hashOf());
  await db.transaction().execute((tx) => updateChunksEnabled(tx, scope, added.chunkIds, false));
  hashes.push(await hashOf());
  // As renaming and reading again leaves it: the content is the same, what stands for it in the indexes is not.
  const indexed = sql`sha256('the title it is indexed under'::bytea)`;
  await sql`update chunk set embedded_sha256 = ${indexed} where version_id = ${added.versionId}`.execute(db);
  hashes.push(await hashOf());
  expect(new Set(hashes).size).toBe(hashes.length);
  await db.transaction().execute((tx) => deleteDocuments(tx, scope, ['more']));
});

test('the difference of two runs in refusing has an interval of its own', async () => {
  const before = await startRun(deps, database.scope);
  await performRun(deps, database.scope, before.id, never);
  const model = createScriptedModel(['Bees and drones and refunds and Sistine [1].']);
  const changed = depsWith({ chatModel: model, code: 'of another build' });
  const after = await startRun(changed, database.scope);
  await performRun(changed, database.scope, after.id, never);
  const compared = await compareRuns(deps, database.scope, { beforeId: before.id, afterId: after.id });
  const { differences } = compared;
  expect(compared.changedSettings).toEqual(['code', 'chatModel']);
  expect(differences.refusalF1).toMatchObject({ count: 4 });
  const { mean, low, high } = differences.refusalF1!;
  expect(low).toBeLessThanOrEqual(mean);
  expect(high).toBeGreaterThanOrEqual(mean);
});

test('an answer of a chat becomes a golden question with what it cites, once', async () => {
  const chat = openChatProcess(database);
  const started = await chat.ask('What does the waggle dance point towards?');
  await chat.watch(started.messageId);
  const countBefore = (await listGolden(deps, database.scope)).length;
  for (let click = 0; click < 2; click += 1) await addAnswerAsGolden(deps, database.scope, started.messageId);
  const questions = await listGolden(deps, database.scope);
  expect(questions).toHaveLength(countBefore + 1);
  const added = questions.at(-1);
  expect(added).toMatchObject({ question: 'What does the waggle dance point towards?', answerable: true, history: [] });
  expect(added?.expected[0]).toMatchObject({ documentId: 'bees' });
  expect(added?.expected[0]?.quote).toContain('waggle dance points towards the food');
  await removeGoldenQuestion(deps, database.scope, added?.id ?? '');
  await expect(removeGoldenQuestion(deps, database.scope, added?.id ?? '')).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(addAnswerAsGolden(deps, database.scope, crypto.randomUUID())).rejects.toMatchObject({
    code: 'not-found',
  });
});

test.each([
  ['{"question": ""}', 'Line 1 needs a “question”'],
  ['\n{"question": "Why?", "answers": "because"}', 'Line 2 has “answers”'],
  ['{"question": "Why?", "documents": [7]}', 'is not a JSON object'],
  ['{"question": "Why?", "answerable": "no"}', 'has an “answerable”'],
  ['why?', 'Line 1 is not JSON'],
])('an import that cannot be read says where and why: %s', (lines, message) => {
  expect(() => parseGoldenLines(lines)).toThrow(message);
});
