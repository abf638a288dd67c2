import { mintTwinScope } from '@twin/db/scope';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import type { Principal } from '../principal.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestAnnouncements, createTestDeps } from '../testing/create-test-deps.ts';
import { createScriptedModel, type ModelStep, type ScriptedModel } from '../testing/scripted-model.ts';
import type { ChatEvent } from './chat-event.ts';
import { deleteConversation } from './delete-conversation.ts';
import { endIfStale, endStaleAnswers } from './end-stale-answers.ts';
import { foldChatEvent } from './fold-chat-event.ts';
import { getConversation } from './get-conversation.ts';
import { listConversations } from './list-conversations.ts';
import type { MessageView } from './message-view.ts';
import { renameConversation } from './rename-conversation.ts';
import { type StartedTurn, startTurn } from './start-turn.ts';
import { stopTurn } from './stop-turn.ts';
import { createTurnRunner, type TurnRunner } from './turn-runner.ts';
import { watchTurn } from './watch-turn.ts';

const question = 'How many bees does a strong hive hold in summer?';
const never = new AbortController().signal;
const unknownId = '00000000-0000-4000-8000-000000000000';

let database: TestDatabase;
let owner: Principal;
const runners: TurnRunner[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = { kind: 'owner', scope: database.scope, userId: 'local', label: 'owner' };
  await insertBeeLibrary(database);
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((turns) => turns.drain(0)));
});
afterAll(() => database.close());

/** One process: its own runner and announcements on the shared database. */
function openProcess(steps?: readonly ModelStep[]): { deps: Deps; turns: TurnRunner; model: ScriptedModel } {
  const model = createScriptedModel(steps ?? []);
  const deps = createTestDeps(database, {
    ...(steps && { chatModel: model }),
    announcements: createTestAnnouncements(),
  });
  const turns = createTurnRunner(deps);
  runners.push(turns);
  return { deps, turns, model };
}

interface Watched {
  events: { sequence: number; event: ChatEvent }[];
  message: MessageView | undefined;
}

async function watch(deps: Deps, messageId: string, afterSequence = 0, signal = never): Promise<Watched> {
  const events: Watched['events'] = [];
  for await (const step of watchTurn(deps, database.scope, { messageId, afterSequence }, signal)) events.push(step);
  const last = events.at(-1)?.event;
  return { events, message: last?.type === 'answer-end' ? last.message : undefined };
}

async function storedAnswer(deps: Deps, started: StartedTurn): Promise<MessageView | undefined> {
  const { messages } = await getConversation(deps, database.scope, started.conversationId);
  return messages.find(({ id }) => id === started.messageId);
}

/** Waits until some text of the answer is in the log. */
async function untilText(deps: Deps, messageId: string): Promise<void> {
  for await (const { event } of watchTurn(deps, database.scope, { messageId, afterSequence: 0 }, never)) {
    if (event.type === 'text-delta') return;
  }
}

describe('a finished answer', () => {
  test('is what its events tell, and what is stored', async () => {
    const { deps, turns } = openProcess(['It holds 40,000 ', 'bees [1].']);
    const started = await startTurn(deps, turns, owner, { text: `  ${question} ` });
    const { events, message } = await watch(deps, started.messageId);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(message).toMatchObject({
      state: 'done',
      outcome: 'answered',
      model: 'scripted',
      text: 'It holds 40,000 bees [1].',
    });
    expect(await storedAnswer(deps, started)).toEqual(message);
    const before = events.slice(0, -1).map(({ event }) => event);
    const start: MessageView = { ...message!, text: '', citations: [], sources: [] };
    expect(before.reduce(foldChatEvent, start)).toEqual(message);
  });

  test('replays from any position, whole or not at all', async () => {
    const { deps, turns } = openProcess(['It holds 40,000 bees [1].']);
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    const { events } = await watch(deps, messageId);
    expect((await watch(deps, messageId, 2)).events).toEqual(events.slice(2));
    expect((await watch(deps, messageId, events.length)).events).toEqual([]);
  });

  test('can be quoted without a model', async () => {
    const { deps, turns } = openProcess();
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    expect((await watch(deps, messageId)).message).toMatchObject({ state: 'done', outcome: 'quoted', model: null });
  });
});

describe('an answer that is being written', () => {
  test('is seen alike by two readers, and by another process', async () => {
    const here = openProcess(['It holds ', { stall: true }]);
    const there = openProcess();
    const { messageId } = await startTurn(here.deps, here.turns, owner, { text: question });
    const readers = [watch(here.deps, messageId), watch(here.deps, messageId), watch(there.deps, messageId)];
    await untilText(there.deps, messageId);
    await here.turns.stop(database.scope, messageId);
    const [first, second, elsewhere] = await Promise.all(readers);
    expect(first?.message?.text).toBe('It holds');
    expect(second).toEqual(first);
    expect(elsewhere).toEqual(first);
  });

  test('does not notice a reader leaving', async () => {
    const { deps, turns } = openProcess(['It holds ', { stall: true }]);
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    const leaving = new AbortController();
    const left = watch(deps, messageId, 0, leaving.signal);
    await untilText(deps, messageId);
    leaving.abort();
    expect((await left).message).toBeUndefined();
    expect(await turns.stop(database.scope, messageId)).toBe(true);
  });

  test('holds no database connection and no transaction', async () => {
    const { deps, turns } = openProcess(['It holds ', { stall: true }]);
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    await untilText(deps, messageId);
    await vi.waitFor(() => {
      const pool = database.poolStatistics();
      expect(pool?.idle).toBe(pool?.open);
    });
    // The embedded database has one connection: a held one would leave this waiting for ever.
    expect(await deps.db.transaction().execute(() => Promise.resolve('free'))).toBe('free');
  });

  test('is the only one of its conversation', async () => {
    const { deps, turns } = openProcess(['It holds ', { stall: true }]);
    const { conversationId } = await startTurn(deps, turns, owner, { text: question });
    await expect(startTurn(deps, turns, owner, { conversationId, text: 'And?' })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'answer-running',
    });
  });

  test('has its text in the log while it grows, at most twenty appends a second', async () => {
    const words = Array.from({ length: 400 }, (_, index) => `word${index} `);
    const { deps, turns } = openProcess(words);
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    const { events } = await watch(deps, messageId);
    expect(events.filter(({ event }) => event.type === 'text-delta').length).toBeLessThan(40);
  });
});

describe('stopping', () => {
  test('aborts the model within a second and keeps the text', async () => {
    const { deps, turns, model } = openProcess(['It holds 40,000 bees [1].', { stall: true }]);
    const started = await startTurn(deps, turns, owner, { text: question });
    await untilText(deps, started.messageId);
    const stoppedAt = Date.now();
    expect(await stopTurn(deps, turns, database.scope, started.messageId)).toBe(true);
    expect((model.abortedAt ?? Number.POSITIVE_INFINITY) - stoppedAt).toBeLessThan(1_000);
    const answer = await storedAnswer(deps, started);
    expect(answer).toMatchObject({ state: 'stopped', text: 'It holds 40,000 bees [1].', error: null });
    expect(answer?.citations).toHaveLength(1);
    expect(await stopTurn(deps, turns, database.scope, started.messageId)).toBe(false);
  });

  test('works from another process', async () => {
    const here = openProcess(['It holds ', { stall: true }]);
    const there = openProcess();
    const started = await startTurn(here.deps, here.turns, owner, { text: question });
    await untilText(here.deps, started.messageId);
    expect(await stopTurn(there.deps, there.turns, database.scope, started.messageId)).toBe(true);
    await vi.waitFor(() => expect(here.model.abortedAt).not.toBeNull(), { timeout: 3_000 });
    expect(await storedAnswer(there.deps, started)).toMatchObject({ state: 'stopped', text: 'It holds' });
  });

  test('is refused for another twin, as if the answer did not exist', async () => {
    const { deps, turns } = openProcess(['It holds ', { stall: true }]);
    const { messageId } = await startTurn(deps, turns, owner, { text: question });
    const foreign = mintTwinScope(2);
    await expect(stopTurn(deps, turns, foreign, messageId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(watchTurn(deps, foreign, { messageId, afterSequence: 0 }, never).next()).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await turns.stop(database.scope, messageId)).toBe(true);
  });

  test('happens to the answer of a conversation that is deleted', async () => {
    const { deps, turns, model } = openProcess(['It holds ', { stall: true }]);
    const started = await startTurn(deps, turns, owner, { text: question });
    await untilText(deps, started.messageId);
    const watching = watch(deps, started.messageId);
    await deleteConversation(deps, database.scope, started.conversationId);
    await vi.waitFor(() => expect(model.abortedAt).not.toBeNull(), { timeout: 3_000 });
    expect((await watching).message).toBeUndefined();
  });
});

describe('failing', () => {
  test('keeps the text and says what to do', async () => {
    const down = new AppError('model-rate-limited', 'Try again shortly.', { retryAfterMs: 3_000 });
    const { deps, turns } = openProcess(['It holds ', { fail: down }]);
    const started = await startTurn(deps, turns, owner, { text: question });
    const error = { code: 'model-rate-limited', message: 'Try again shortly.', retryAfterMs: 3_000 };
    expect((await watch(deps, started.messageId)).message).toMatchObject({ state: 'failed', text: 'It holds', error });
  });

  test('from an unknown cause shows nothing of it', async () => {
    const { deps, turns } = openProcess([{ fail: new Error('secret-canary') }]);
    const started = await startTurn(deps, turns, owner, { text: question });
    const { events, message } = await watch(deps, started.messageId);
    expect(message).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify(events)).not.toContain('secret-canary');
  });

  test('by shutdown lets answers finish first, then ends the rest with their text', async () => {
    const stalled = openProcess(['It holds ', { stall: true }]);
    const started = await startTurn(stalled.deps, stalled.turns, owner, { text: question });
    await untilText(stalled.deps, started.messageId);
    await stalled.turns.drain(50);
    expect(await storedAnswer(stalled.deps, started)).toMatchObject({
      state: 'failed',
      text: 'It holds',
      error: { message: expect.stringContaining('server stopped') },
    });
    const quick = openProcess(['It holds 40,000 bees [1].']);
    const finishing = await startTurn(quick.deps, quick.turns, owner, { text: question });
    await quick.turns.drain(10_000);
    expect(await storedAnswer(quick.deps, finishing)).toMatchObject({ state: 'done' });
  });
});

describe('an answer whose process died', () => {
  /** A process that is killed mid-answer leaves a running message, its log and a heartbeat that no one renews. */
  async function leaveBehind(): Promise<StartedTurn> {
    const writing = openProcess(['It holds ', { stall: true }]);
    const started = await startTurn(writing.deps, writing.turns, owner, { text: question });
    await untilText(writing.deps, started.messageId);
    return started;
  }

  test('is ended with the text it has, once', async () => {
    const { deps } = openProcess();
    const started = await leaveBehind();
    expect(await endIfStale(deps, database.scope, started.messageId)).toBe(false);
    expect(await endIfStale(deps, database.scope, started.messageId, 0)).toBe(true);
    expect(await endIfStale(deps, database.scope, started.messageId, 0)).toBe(false);
    const answer = await storedAnswer(deps, started);
    expect(answer).toMatchObject({ state: 'failed', text: 'It holds', error: { code: 'canceled' } });
    expect((await watch(deps, started.messageId)).message).toEqual(answer);
  });

  test('is ended at start-up on the embedded database, where no other process can be writing', async () => {
    const { deps } = openProcess();
    const started = await leaveBehind();
    expect(await endStaleAnswers({ ...deps, databaseHome: 'server' }, database.scope)).toBe(0);
    expect(await endStaleAnswers({ ...deps, databaseHome: 'embedded' }, database.scope)).toBe(1);
    expect(await storedAnswer(deps, started)).toMatchObject({ state: 'failed' });
  });
});

describe('conversations', () => {
  test('take their title from the first question, list latest first, are renamed and deleted', async () => {
    const { deps, turns } = openProcess(['It holds 40,000 bees [1].']);
    const older = await startTurn(deps, turns, owner, { text: question });
    await watch(deps, older.messageId);
    const newer = await startTurn(deps, turns, owner, { text: 'Do drones have a sting?' });
    await watch(deps, newer.messageId);
    const latest = (): Promise<string[]> =>
      listConversations(deps, database.scope).then((all) => all.slice(0, 2).map(({ title }) => title));
    expect(await latest()).toEqual(['Do drones have a sting?', question]);
    const again = await startTurn(deps, turns, owner, { conversationId: older.conversationId, text: 'And in winter?' });
    await watch(deps, again.messageId);
    expect(await latest()).toEqual([question, 'Do drones have a sting?']);
    await renameConversation(deps, database.scope, { id: older.conversationId, title: ' Bees ' });
    expect(await latest()).toEqual(['Bees', 'Do drones have a sting?']);
    await deleteConversation(deps, database.scope, older.conversationId);
    await expect(getConversation(deps, database.scope, older.conversationId)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('bring their earlier turns into the prompt', async () => {
    const { deps, turns, model } = openProcess(['It holds 40,000 bees [1].']);
    const { conversationId, messageId } = await startTurn(deps, turns, owner, { text: question });
    await watch(deps, messageId);
    const again = await startTurn(deps, turns, owner, { conversationId, text: 'And in winter?' });
    await watch(deps, again.messageId);
    expect(model.prompts[1]?.turns.slice(0, 2)).toEqual([
      { role: 'user', text: question },
      { role: 'assistant', text: 'It holds 40,000 bees.' },
    ]);
  });

  test('that do not exist are not found', async () => {
    const { deps, turns } = openProcess();
    const { scope } = database;
    const notFound = { code: 'not-found' };
    await expect(startTurn(deps, turns, owner, { conversationId: unknownId, text: 'Why?' })).rejects.toMatchObject(
      notFound,
    );
    await expect(renameConversation(deps, scope, { id: unknownId, title: 'x' })).rejects.toMatchObject(notFound);
    await expect(deleteConversation(deps, scope, unknownId)).rejects.toMatchObject(notFound);
    await expect(stopTurn(deps, turns, scope, unknownId)).rejects.toMatchObject(notFound);
  });
});
