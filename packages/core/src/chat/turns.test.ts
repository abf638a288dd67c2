import { deleteDatabaseValues } from '@twin/db/queries/cache';
import { mintTwinScope } from '@twin/db/scope';
import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { type ChatProcess, openChatProcess } from '../testing/chat-process.ts';
import { ownerOf } from '../testing/owner-of.ts';
import type { ModelStep } from '../testing/scripted-model.ts';
import { deleteConversation } from './delete-conversation.ts';
import { foldChatEvent } from './fold-chat-event.ts';
import type { MessageView } from './message-view.ts';
import { stopTurn } from './stop-turn.ts';
import { watchTurn } from './watch-turn.ts';

const question = 'How many bees does a strong hive hold in summer?';
const never = new AbortController().signal;

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

describe('a finished answer', () => {
  test('is what its events tell, and what is stored', async () => {
    const { ask, watch, storedAnswer } = open(['It holds 40,000 ', 'bees [1].']);
    const started = await ask(`  ${question} `);
    const { events, message } = await watch(started.messageId);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    const text = 'It holds 40,000 bees [1].';
    expect(message).toMatchObject({ state: 'done', outcome: 'answered', model: 'scripted', text });
    expect(await storedAnswer(started)).toEqual(message);
    const before = events.slice(0, -1).map(({ event }) => event);
    const start: MessageView = { ...message!, text: '', citations: [], sources: [], usage: null };
    // What was written is counted once, at the end.
    const usage = { ...message!.usage, completionTokens: 0 };
    expect(before.reduce(foldChatEvent, start)).toEqual({ ...message, usage });
  });

  test('replays from any position, whole or not at all', async () => {
    const { ask, watch } = open(['It holds 40,000 bees [1].']);
    const { messageId } = await ask(question);
    const { events } = await watch(messageId);
    expect((await watch(messageId, 2)).events).toEqual(events.slice(2));
    expect((await watch(messageId, events.length)).events).toEqual([]);
  });

  test('can be quoted without a model', async () => {
    const { ask, watch } = open();
    const { messageId } = await ask(question);
    expect((await watch(messageId)).message).toMatchObject({ state: 'done', outcome: 'quoted', model: null });
  });
});

describe('an answer that is being written', () => {
  test('is seen alike by two readers, and by another process', async () => {
    const here = open(['It holds ', { stall: true }]);
    const there = open();
    const { messageId } = await here.ask(question);
    const readers = [here.watch(messageId), here.watch(messageId), there.watch(messageId)];
    await there.untilText(messageId);
    await here.turns.stop(database.scope, messageId);
    const [first, second, elsewhere] = await Promise.all(readers);
    expect(first?.message?.text).toBe('It holds');
    expect(second).toEqual(first);
    expect(elsewhere).toEqual(first);
  });

  test('does not notice a reader leaving', async () => {
    const { ask, watch, untilText, turns } = open(['It holds ', { stall: true }]);
    const { messageId } = await ask(question);
    const leaving = new AbortController();
    const left = watch(messageId, 0, leaving.signal);
    await untilText(messageId);
    leaving.abort();
    expect((await left).message).toBeUndefined();
    expect(await turns.stop(database.scope, messageId)).toBe(true);
  });

  test('holds no database connection and no transaction', async () => {
    const { ask, untilText } = open(['It holds ', { stall: true }]);
    const { messageId } = await ask(question);
    await untilText(messageId);
    await vi.waitFor(() => {
      const pool = database.poolStatistics();
      expect(pool?.idle).toBe(pool?.open);
    });
    // The embedded database has one connection: a held one would leave this waiting for ever.
    expect(await database.db.transaction().execute(() => Promise.resolve('free'))).toBe('free');
  });

  test('is the only one of its conversation', async () => {
    const { ask } = open(['It holds ', { stall: true }]);
    const { conversationId } = await ask(question);
    const conflict = { code: 'conflict', reason: 'answer-running' };
    await expect(ask('And in winter?', conversationId)).rejects.toMatchObject(conflict);
  });

  test('has its words joined into a few appends', async () => {
    const words = Array.from({ length: 400 }, (_, index) => `word${index} `);
    const { ask, watch } = open(words);
    const { events } = await watch((await ask(question)).messageId);
    expect(events.filter(({ event }) => event.type === 'text-delta').length).toBeLessThan(40);
  });
});

describe('stopping', () => {
  test('aborts the model within a second and keeps the text', async () => {
    const { deps, turns, model, ask, untilText, storedAnswer } = open(['It holds 40,000 bees [1].', { stall: true }]);
    const started = await ask(question);
    await untilText(started.messageId);
    const stoppedAt = Date.now();
    expect(await stopTurn(deps, turns, ownerOf(database.scope), started.messageId)).toBe(true);
    expect((model.abortedAt ?? Number.POSITIVE_INFINITY) - stoppedAt).toBeLessThan(1_000);
    const answer = await storedAnswer(started);
    expect(answer).toMatchObject({ state: 'stopped', text: 'It holds 40,000 bees [1].', error: null });
    expect(answer?.citations).toHaveLength(1);
    expect(await stopTurn(deps, turns, ownerOf(database.scope), started.messageId)).toBe(false);
  });

  test('works from another process', async () => {
    const here = open(['It holds ', { stall: true }]);
    const there = open();
    const started = await here.ask(question);
    await here.untilText(started.messageId);
    expect(await stopTurn(there.deps, there.turns, ownerOf(database.scope), started.messageId)).toBe(true);
    await vi.waitFor(() => expect(here.model.abortedAt).not.toBeNull(), { timeout: 5_000 });
    expect(await there.storedAnswer(started)).toMatchObject({ state: 'stopped', text: 'It holds' });
  });

  test('is refused for another twin, as if the answer did not exist', async () => {
    const { deps, turns, ask } = open(['It holds ', { stall: true }]);
    const { messageId } = await ask(question);
    const foreign = mintTwinScope(2);
    const notFound = { code: 'not-found' };
    await expect(stopTurn(deps, turns, ownerOf(foreign), messageId)).rejects.toMatchObject(notFound);
    const watching = watchTurn(deps, ownerOf(foreign), { messageId, afterSequence: 0 }, never);
    await expect(watching.next()).rejects.toMatchObject(notFound);
    expect(await turns.stop(database.scope, messageId)).toBe(true);
  });

  test('happens to the answer of a conversation that is deleted', async () => {
    const { deps, model, ask, untilText, watch } = open(['It holds ', { stall: true }]);
    const started = await ask(question);
    const watching = watch(started.messageId);
    await untilText(started.messageId);
    await deleteConversation(deps, ownerOf(database.scope), started.conversationId);
    await vi.waitFor(() => expect(model.abortedAt).not.toBeNull(), { timeout: 5_000 });
    expect((await watching).message).toBeUndefined();
  });
});
