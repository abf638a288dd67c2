import { createTestDatabase, type TestDatabase } from '@twin/db/testing/create-test-database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { openChatProcess } from '../testing/chat-process.ts';
import { ownerOf } from '../testing/owner-of.ts';
import { deleteConversation } from './delete-conversation.ts';
import { getConversation } from './get-conversation.ts';
import { listConversations } from './list-conversations.ts';
import { renameConversation } from './rename-conversation.ts';
import { stopTurn } from './stop-turn.ts';

const question = 'How many bees does a strong hive hold in summer?';
const unknownId = '00000000-0000-4000-8000-000000000000';
const notFound = { code: 'not-found' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertBeeLibrary(database);
});
afterAll(() => database.close());

test('conversations take their title from the first question, list latest first, are renamed and deleted', async () => {
  const { deps, ask, watch } = openChatProcess(database, ['It holds 40,000 bees [1].']);
  const { scope } = database;
  const titles = (): Promise<string[]> => listConversations(deps, scope).then((all) => all.map(({ title }) => title));
  const older = await ask(question);
  await watch(older.messageId);
  const newer = await ask('Do drones have a sting?');
  await watch(newer.messageId);
  expect(await titles()).toEqual(['Do drones have a sting?', question]);
  const again = await ask('And in winter?', older.conversationId);
  await watch(again.messageId);
  expect(await titles()).toEqual([question, 'Do drones have a sting?']);
  await renameConversation(deps, scope, { id: older.conversationId, title: ' Bees ' });
  expect(await titles()).toEqual(['Bees', 'Do drones have a sting?']);
  await deleteConversation(deps, ownerOf(scope), older.conversationId);
  expect(await titles()).toEqual(['Do drones have a sting?']);
  await expect(getConversation(deps, ownerOf(scope), older.conversationId)).rejects.toMatchObject(notFound);
});

test('earlier turns are part of the prompt', async () => {
  const { model, ask, watch } = openChatProcess(database, ['It holds 40,000 bees [1].']);
  // Asked by no other test: an equal question would get the answer that was kept.
  const first = 'How many bees are in a strong hive?';
  const { conversationId, messageId } = await ask(first);
  await watch(messageId);
  await watch((await ask('And in winter?', conversationId)).messageId);
  // Between the two answers, the follow-up was rewritten.
  expect(model.prompts).toHaveLength(3);
  expect(model.prompts[1]?.turns[0]?.text).toContain('Question to rewrite: And in winter?');
  expect(model.prompts[2]?.turns.slice(0, 2)).toEqual([
    { role: 'user', text: first },
    { role: 'assistant', text: 'It holds 40,000 bees.' },
  ]);
});

test('what does not exist is not found', async () => {
  const { deps, turns, ask } = openChatProcess(database);
  const { scope } = database;
  await expect(ask('Why?', unknownId)).rejects.toMatchObject(notFound);
  await expect(getConversation(deps, ownerOf(scope), unknownId)).rejects.toMatchObject(notFound);
  await expect(renameConversation(deps, scope, { id: unknownId, title: 'x' })).rejects.toMatchObject(notFound);
  await expect(deleteConversation(deps, ownerOf(scope), unknownId)).rejects.toMatchObject(notFound);
  await expect(stopTurn(deps, turns, ownerOf(scope), unknownId)).rejects.toMatchObject(notFound);
});
