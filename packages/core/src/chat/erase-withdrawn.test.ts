import { countRowsHolding } from '@twin/db/testing/count-rows-holding';
import { createTestDatabase } from '@twin/db/testing/create-test-database';
import { expect, test } from 'vitest';
import { deleteDocuments } from '../documents/delete-documents.ts';
import type { Reranker } from '../ports.ts';
import { insertBeeLibrary } from '../testing/bee-library.ts';
import { createTestDeps } from '../testing/create-test-deps.ts';
import { ownerOf } from '../testing/owner-of.ts';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { completeChat } from './complete-chat.ts';

test('of a document that goes while an answer is written, the answer keeps nothing but what it cites', async () => {
  const database = await createTestDatabase();
  const { db, scope } = database;
  await insertBeeLibrary(database);
  const chatModel = createScriptedModel(['Drones have no sting [1 "Drones have no sting"].']);
  const reranker: Reranker = {
    name: 'slow',
    spendsTokens: false,
    rank: async (_question, passages) => {
      // What was found is in hand, and not written down yet.
      await deleteDocuments(createTestDeps(database), scope, ['refunds']);
      await db.deleteFrom('document').where('id', '=', 'refunds').execute();
      return { order: passages.map((_passage, place) => place), spent: undefined };
    },
  };
  const messages = [{ role: 'user' as const, content: 'Do drones have a sting?' }];
  const { signal } = new AbortController();
  const found = new Set<string>();
  for await (const event of completeChat(createTestDeps(database, { chatModel, reranker }), ownerOf(scope), {
    messages,
    signal,
  })) {
    if (event.type === 'search-end') for (const { documentId } of event.sources) found.add(documentId);
  }
  expect(found).toEqual(new Set(['bees', 'refunds']));
  expect(await countRowsHolding(db, 'Refunds are paid')).toEqual({});
  expect(await countRowsHolding(db, 'Refund policy')).toEqual({});
  expect(await countRowsHolding(db, 'Drones have no sting')).toHaveProperty(['public.message'], 1);
  await database.close();
});
