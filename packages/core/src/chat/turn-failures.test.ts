import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../app-error.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { type ChatProcess, openChatProcess } from '../testing/chat-process.ts';
import { openFlakyDatabase } from '../testing/flaky-database.ts';
import type { ModelStep } from '../testing/scripted-model.ts';
import { endIfStale, endStaleAnswers } from './end-stale-answers.ts';
import type { StartedTurn } from './start-turn.ts';

const question = 'How many bees does a strong hive hold in summer?';

let database: TestDatabase;
const processes: ChatProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map(({ turns }) => turns.drain(0)));
  // The next test asks its own model: an equal question would get the answer that was kept.
  await deleteDatabaseValues(database.db, database.scope, 'answer:');
});
afterAll(() => database.close());

function open(steps?: readonly ModelStep[]): ChatProcess {
  const opened = openChatProcess(database, steps);
  processes.push(opened);
  return opened;
}

test('an answer whose model fails keeps its text and says what to do', async () => {
  const busy = new AppError('model-rate-limited', 'Try again shortly.', { retryAfterMs: 3_000 });
  const { ask, watch } = open(['It holds ', { fail: busy }]);
  const { message } = await watch((await ask(question)).messageId);
  const error = { code: 'model-rate-limited', message: 'Try again shortly.', retryAfterMs: 3_000 };
  expect(message).toMatchObject({ state: 'failed', text: 'It holds', error, outcome: null });
  expect(message?.sources.length).toBeGreaterThan(0);
});

test('an unknown cause is not shown', async () => {
  const { ask, watch } = open([{ fail: new Error('secret-canary') }]);
  const { events, message } = await watch((await ask(question)).messageId);
  expect(message).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  expect(JSON.stringify(events)).not.toContain('secret-canary');
});

test('after a failure the conversation goes on', async () => {
  const { ask, watch } = open([{ fail: new Error('once') }]);
  const failed = await ask(question);
  await watch(failed.messageId);
  const { message } = await open().watch((await open().ask(question, failed.conversationId)).messageId);
  expect(message).toMatchObject({ state: 'done', outcome: 'quoted' });
});

test('after a failure without a word, a model that wants questions and answers by turns gets them so', async () => {
  const { ask, watch } = open([{ fail: new Error('once') }]);
  const failed = await ask('How many bees are in a strong hive in summer, then?');
  await watch(failed.messageId);
  const again = open(['It holds 40,000 bees [1].']);
  const { messageId } = await again.ask(question, failed.conversationId);
  expect((await again.watch(messageId)).message).toMatchObject({ state: 'done', outcome: 'answered' });
  expect(again.model.prompts.at(-1)?.turns.map(({ role }) => role)).toEqual(['user']);
});

test('a database that is away at the last word delays the end and loses nothing of the answer', async () => {
  const flaky = openFlakyDatabase(database.db);
  const chat = openChatProcess({ ...database, db: flaky.db }, ['It holds 40,000 bees [1].']);
  processes.push(chat);
  const started = await chat.ask(question);
  flaky.breakNext(2, ({ kind }) => kind === 'UpdateQueryNode');
  const { message } = await chat.watch(started.messageId);
  expect(message).toMatchObject({ state: 'done', text: expect.stringContaining('40,000 bees') });
  expect(await chat.storedAnswer(started)).toEqual(message);
});

describe('a shutdown', () => {
  test('ends answers that do not finish in time, with their text', async () => {
    const { turns, ask, untilText, storedAnswer } = open(['It holds ', { stall: true }]);
    const started = await ask(question);
    await untilText(started.messageId);
    await turns.drain(50);
    const error = { message: expect.stringContaining('server stopped') };
    expect(await storedAnswer(started)).toMatchObject({ state: 'failed', text: 'It holds', error });
  });

  test('lets an answer finish that can', async () => {
    const { turns, ask, storedAnswer } = open(['It holds 40,000 bees [1].']);
    const started = await ask(question);
    await turns.drain(10_000);
    expect(await storedAnswer(started)).toMatchObject({ state: 'done' });
  });
});

describe('an answer whose process died', () => {
  /** A killed process leaves a running message, its log, and a heartbeat that no one renews. */
  async function leaveBehind(): Promise<StartedTurn> {
    const { ask, untilText } = open(['It holds ', { stall: true }]);
    const started = await ask(question);
    await untilText(started.messageId);
    return started;
  }

  test('is ended with the text it has, once, and not while it shows a heartbeat', async () => {
    const { deps, storedAnswer, watch } = open();
    const started = await leaveBehind();
    expect(await endIfStale(deps, database.scope, started.messageId)).toBe(false);
    expect(await endIfStale(deps, database.scope, started.messageId, 0)).toBe(true);
    expect(await endIfStale(deps, database.scope, started.messageId, 0)).toBe(false);
    const answer = await storedAnswer(started);
    expect(answer).toMatchObject({ state: 'failed', text: 'It holds', error: { code: 'canceled' } });
    expect((await watch(started.messageId)).message).toEqual(answer);
  });

  test('is ended at start-up on the embedded database, where no other process can be writing', async () => {
    const { deps, storedAnswer } = open();
    const started = await leaveBehind();
    expect(await endStaleAnswers({ ...deps, databaseHome: 'server' }, database.scope)).toBe(0);
    expect(await endStaleAnswers({ ...deps, databaseHome: 'embedded' }, database.scope)).toBe(1);
    expect(await storedAnswer(started)).toMatchObject({ state: 'failed' });
  });
});
