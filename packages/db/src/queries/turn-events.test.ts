import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintTwinScope } from '../scope.ts';
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts';
import { deleteConversation, insertConversation, listConversations } from './conversations.ts';
import {
  finishMessage,
  insertMessages,
  listMessages,
  listStaleMessageIds,
  lockRunningMessage,
  updateHeartbeat,
} from './messages.ts';
import { appendTurnEvents, listTurnEvents } from './turn-events.ts';

const end = {
  state: 'done',
  text: 'x',
  outcome: null,
  citations: '[]',
  unsupported: '[]',
  sources: '[]',
  error: null,
  model: null,
  usage: null,
  from_cache: false,
  model_skipped: null,
  updated_at: new Date(),
} as const;
const foreign = mintTwinScope(2);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function startAnswer(): Promise<{ conversationId: string; messageId: string }> {
  const { db, scope } = database;
  const conversation = await insertConversation(db, scope, { title: 'Bees', userLabel: 'owner', origin: 'app' });
  const rows = await db.transaction().execute((tx) =>
    insertMessages(tx, scope, [
      { conversationId: conversation.id, ordinal: 0, role: 'user', state: 'done', text: 'Why?' },
      { conversationId: conversation.id, ordinal: 1, role: 'assistant', state: 'running', text: '' },
    ]),
  );
  return { conversationId: conversation.id, messageId: rows[1]!.id };
}

test('events come back as they were appended, after the sequence asked for', async () => {
  const { db, scope } = database;
  const { messageId } = await startAnswer();
  const events = [1, 2, 3].map((sequence) => ({
    sequence,
    event: { type: 'text-delta', text: `"${sequence}" \\ ü 😀\n` },
  }));
  expect(await appendTurnEvents(db, scope, messageId, events.slice(0, 2))).toBe(true);
  expect(await appendTurnEvents(db, scope, messageId, events.slice(2))).toBe(true);
  expect(await listTurnEvents(db, scope, messageId, { afterSequence: 0, limit: 10 })).toEqual(events);
  expect(await listTurnEvents(db, scope, messageId, { afterSequence: 1, limit: 1 })).toEqual([events[1]]);
});

test('nothing is appended to an answer that has ended, and it ends once', async () => {
  const { db, scope } = database;
  const { messageId } = await startAnswer();
  expect(await db.transaction().execute((tx) => finishMessage(tx, scope, messageId, end))).toBe(true);
  expect(await db.transaction().execute((tx) => finishMessage(tx, scope, messageId, end))).toBe(false);
  expect(await appendTurnEvents(db, scope, messageId, [{ sequence: 1, event: {} }])).toBe(false);
  expect(await updateHeartbeat(db, scope, messageId)).toBe(false);
  expect(await db.transaction().execute((tx) => lockRunningMessage(tx, scope, messageId))).toBeUndefined();
});

test('an answer is stale by the age of its heartbeat', async () => {
  const { db, scope } = database;
  const { messageId } = await startAnswer();
  expect(await listStaleMessageIds(db, scope, 60_000)).not.toContain(messageId);
  expect(await listStaleMessageIds(db, scope, 0)).toContain(messageId);
  expect(await db.transaction().execute((tx) => lockRunningMessage(tx, scope, messageId, 60_000))).toBeUndefined();
  expect(await db.transaction().execute((tx) => lockRunningMessage(tx, scope, messageId, 0))).toMatchObject({
    id: messageId,
  });
});

test('deleting a conversation takes its messages and events along', async () => {
  const { db, scope } = database;
  const { conversationId, messageId } = await startAnswer();
  await appendTurnEvents(db, scope, messageId, [{ sequence: 1, event: {} }]);
  expect(await deleteConversation(db, scope, { id: conversationId, visitorId: null })).toBe(true);
  expect(await listMessages(db, scope, conversationId)).toEqual([]);
  expect(await listTurnEvents(db, scope, messageId, { afterSequence: 0, limit: 10 })).toEqual([]);
  expect(await updateHeartbeat(db, scope, messageId)).toBe(false);
});

test('another twin sees and changes nothing', async () => {
  const { db, scope } = database;
  const { conversationId, messageId } = await startAnswer();
  await appendTurnEvents(db, scope, messageId, [{ sequence: 1, event: {} }]);
  expect(await listConversations(db, foreign, 100)).toEqual([]);
  expect(await listMessages(db, foreign, conversationId)).toEqual([]);
  expect(await listTurnEvents(db, foreign, messageId, { afterSequence: 0, limit: 10 })).toEqual([]);
  expect(await appendTurnEvents(db, foreign, messageId, [{ sequence: 2, event: {} }])).toBe(false);
  expect(await db.transaction().execute((tx) => finishMessage(tx, foreign, messageId, end))).toBe(false);
  expect(await deleteConversation(db, foreign, { id: conversationId, visitorId: null })).toBe(false);
  expect((await listMessages(db, scope, conversationId)).map(({ state }) => state)).toEqual(['done', 'running']);
});
